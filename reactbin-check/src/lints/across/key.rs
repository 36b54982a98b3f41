//! Names as numbers: what is kept of an object is small, and compared at once.
//!
//! Must not know what is named. That two names have one number is too rare to be thought of.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// The number of two numbers in order.
pub(super) fn join(first: u64, second: u64) -> u64 {
    // Both halves of a product depend on every bit of its factors, as in wyhash.
    let product =
        u128::from(first ^ 0x9e37_79b9_7f4a_7c15) * u128::from(second ^ 0xd1b5_4a32_d192_ed03);
    (product >> 64) as u64 ^ product as u64 ^ second.rotate_left(32)
}

/// The number of what is numbered already and a text behind it.
fn then(number: u64, text: &str) -> u64 {
    let mut number = join(number, text.len() as u64);
    for chunk in text.as_bytes().chunks(8) {
        let mut bytes = [0; 8];
        bytes[..chunk.len()].copy_from_slice(chunk);
        number = join(number, u64::from_le_bytes(bytes));
    }
    number
}

/// The number of a text, or of several in order.
pub(super) fn number(parts: &[&str]) -> u64 {
    parts.iter().fold(0, |number, part| then(number, part))
}

/// The place of what may be in any namespace, for those who look in every one.
pub(super) const ANY: u64 = 1;
/// The place of what is in a namespace that isn't known.
pub(super) const UNKNOWN: u64 = 2;

/// The number of a namespace.
pub(super) fn place(namespace: &str) -> u64 {
    number(&[namespace])
}

/// The places that an object of a namespace finds. Where one of the two doesn't say its namespace,
/// it may be the other's.
pub(super) fn reach(namespace: &str) -> [u64; 2] {
    if namespace.is_empty() { [ANY; 2] } else { [namespace, ""].map(place) }
}

/// The number of a name: what is named, its own name, and perhaps that of a part of it. Where not
/// all is known, that of what is, and `false`.
pub(super) fn name(what: &[&str], name: Option<&str>, part: Option<Option<u64>>) -> (u64, bool) {
    let what = number(what);
    let Some(name) = name else { return (what, false) };
    match (then(what, name), part) {
        (name, None) => (name, true),
        (name, Some(None)) => (name, false),
        (name, Some(Some(part))) => (join(name, part), true),
    }
}

/// What is asked for by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key {
    /// Where: in either of two places.
    places: [u64; 2],
    /// What, and by which name.
    what: u64,
    name: u64,
    whole: u64,
}

impl Key {
    /// Something in one place.
    pub(super) fn new(what: &[&str], namespace: &str, name: &str, part: Option<u64>) -> Key {
        Key::within([place(namespace); 2], what, name, part)
    }

    /// Something within [`reach`] of a namespace.
    pub(super) fn reached(what: &[&str], namespace: &str, name: &str, part: Option<u64>) -> Key {
        Key::within(reach(namespace), what, name, part)
    }

    fn within(places: [u64; 2], what: &[&str], name: &str, part: Option<u64>) -> Key {
        let what = number(what);
        let name = then(what, name);
        Key { places, what, name, whole: part.map_or(name, |part| join(name, part)) }
    }

    /// The names that it has, each in its place.
    pub(super) fn names(&self) -> impl Iterator<Item = u64> {
        let whole = self.whole;
        self.places.into_iter().map(move |place| join(place, whole))
    }

    /// What is known of an object that it may be, if not all is.
    pub(super) fn beginnings(&self) -> impl Iterator<Item = u64> {
        let Key { places: [one, other], what, name, whole } = *self;
        let within = |place| [join(place, what), join(place, name)];
        let anywhere = [what, name, whole].map(|known| join(UNKNOWN, known));
        within(one).into_iter().chain(within(other)).chain(anywhere)
    }
}

/// A map of numbers that need no hashing.
pub(super) type Numbered<T> = HashMap<u64, T, BuildHasherDefault<Plain>>;
/// A set of numbers that need no hashing.
pub(super) type Numbers = HashSet<u64, BuildHasherDefault<Plain>>;

/// A number as its own hash.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Plain(u64);

impl Hasher for Plain {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = join(self.0, u64::from(*byte));
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_a_text_ends_makes_a_difference() {
        assert_ne!(number(&["ab", "c"]), number(&["a", "bc"]));
        assert_ne!(number(&["a", ""]), number(&["a"]));
        assert_ne!(number(&["a\0"]), number(&["a"]));
        assert_ne!(number(&["a", "b"]), number(&["b", "a"]));
        assert_ne!(join(1, 2), join(2, 1));
    }

    #[test]
    fn numbers_differ() {
        let texts =
            (0..300).flat_map(|a| (0..300).map(move |b| [format!("app-{a}"), format!("{b}")]));
        let numbers: Numbers = texts.map(|[a, b]| number(&[&a, &b])).collect();
        assert_eq!(numbers.len(), 300 * 300);
        let pairs: Numbers = (0..300).flat_map(|a| (0..300).map(move |b| join(a, b))).collect();
        assert_eq!(pairs.len(), 300 * 300);
    }

    #[test]
    fn a_name_that_is_known_in_part_is_a_beginning_of_its_key() {
        let key = Key::new(&["port"], "shop", "web", Some(80));
        let (whole, true) = name(&["port"], Some("web"), Some(Some(80))) else { panic!() };
        assert!(key.names().any(|number| number == join(place("shop"), whole)));
        for known in [(Some("web"), Some(None)), (None, Some(Some(80))), (None, None)] {
            let (known, false) = name(&["port"], known.0, known.1) else { panic!() };
            for place in [place("shop"), UNKNOWN] {
                assert!(key.beginnings().any(|number| number == join(place, known)));
            }
        }
        assert!(key.beginnings().any(|number| number == join(UNKNOWN, whole)));
    }

    #[test]
    fn who_says_no_namespace_is_within_reach_of_all() {
        let [own, none] = reach("shop");
        assert_eq!([own, none], [place("shop"), place("")]);
        assert_eq!(reach(""), [ANY; 2]);
    }
}
