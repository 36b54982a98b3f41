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

/// The namespace of a name that is looked for in every one.
pub(super) const ANY: &str = "*";

/// The name of something that there is: what it is, its namespace, its own name, and perhaps that
/// of a part of it. What comes behind the first that isn't known doesn't count.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name<'a> {
    pub(super) what: &'a [&'a str],
    pub(super) namespace: Option<&'a str>,
    pub(super) name: Option<&'a str>,
    pub(super) part: Option<Option<&'a str>>,
}

impl Name<'_> {
    /// The number of the name, or where it isn't all known, of its beginning: for those who look in
    /// the namespace, and for those who look in all.
    pub(super) fn numbers(&self) -> [Result<u64, u64>; 2] {
        [self.namespace, Some(ANY)].map(|namespace| {
            let mut number = number(self.what);
            for text in [namespace, self.name].into_iter().chain(self.part) {
                number = then(number, text.ok_or(number)?);
            }
            Ok(number)
        })
    }
}

/// What is asked for by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key {
    /// The number of the name, in either of two namespaces.
    pub(super) whole: [u64; 2],
    /// Those of its beginnings: where one of them is all that is known of an object, it may be
    /// this one.
    pub(super) beginnings: [u64; 5],
}

impl Key {
    /// Something of the namespace, as it is written.
    pub(super) fn new(what: &[&str], namespace: &str, name: &str, part: Option<&str>) -> Key {
        Key::either(what, [namespace; 2], name, part)
    }

    /// Something that an object of the namespace finds. Where one of the two doesn't say its
    /// namespace, it may be the other's.
    pub(super) fn within_reach(
        what: &[&str],
        namespace: &str,
        name: &str,
        part: Option<&str>,
    ) -> Key {
        Key::either(what, Key::reach(namespace), name, part)
    }

    /// The namespaces that are within reach of one.
    pub(super) fn reach(namespace: &str) -> [&str; 2] {
        if namespace.is_empty() { [ANY; 2] } else { [namespace, ""] }
    }

    fn either(what: &[&str], namespaces: [&str; 2], name: &str, part: Option<&str>) -> Key {
        let what = number(what);
        let [first, second] = namespaces.map(|namespace| then(what, namespace));
        let [whole, other] = [first, second].map(|within| then(within, name));
        match part {
            None => Key { whole: [whole, other], beginnings: [what, first, second, what, what] },
            Some(part) => Key {
                whole: [then(whole, part), then(other, part)],
                beginnings: [what, first, second, whole, other],
            },
        }
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
        let name = Name {
            what: &["port"],
            namespace: Some("shop"),
            name: Some("web"),
            part: Some(Some("80")),
        };
        let key = |namespace| Key::within_reach(&["port"], namespace, "web", Some("80"));
        let [own, any] = name.numbers();
        assert_eq!(own, Ok(key("shop").whole[0]));
        assert_eq!(any, Ok(key("").whole[0]));
        assert!(!key("other").whole.contains(&own.unwrap()));
        for unknown in [
            Name { part: Some(None), ..name },
            Name { name: None, ..name },
            Name { namespace: None, ..name },
        ] {
            let [own, any] = unknown.numbers();
            let meant = |key: Key, number: Result<u64, u64>| match number {
                Ok(whole) => key.whole.contains(&whole),
                Err(beginning) => key.beginnings.contains(&beginning),
            };
            assert!(meant(key("shop"), own), "{unknown:?}");
            assert!(meant(key(""), any), "{unknown:?}");
        }
    }
}
