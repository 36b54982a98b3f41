//! Names as numbers: what is kept of an object is small, and compared at once.
//!
//! Must not know what is named. That two names have one number is too rare to be thought of.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, DefaultHasher, Hash, Hasher};

/// The number of a text, or of several in order.
pub(super) fn number(parts: &[&str]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for part in parts {
        part.hash(&mut hasher);
    }
    hasher.finish()
}

/// The number of two numbers in order.
pub(super) fn join(first: u64, second: u64) -> u64 {
    let mixed = (first.rotate_left(29) ^ second).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ (mixed >> 32)
}

/// The number of texts of which some may not be known, up to the first of those, and whether all
/// are known.
pub(super) fn number_until<'t>(parts: impl IntoIterator<Item = Option<&'t str>>) -> (u64, bool) {
    let mut hasher = DefaultHasher::new();
    for part in parts {
        let Some(part) = part else { return (hasher.finish(), false) };
        part.hash(&mut hasher);
    }
    (hasher.finish(), true)
}

/// What is asked for by name: a kind, a namespace, a name, and perhaps a part of the object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key {
    /// All of it.
    pub(super) exact: u64,
    /// Its beginnings: where one of them is all that is known of an object, it may be this one.
    pub(super) beginnings: Box<[u64]>,
}

impl Key {
    /// The key of these texts.
    pub(super) fn new<'t>(parts: impl IntoIterator<Item = &'t str>) -> Key {
        let mut hasher = DefaultHasher::new();
        let mut numbers: Vec<u64> = Vec::with_capacity(6);
        for part in parts {
            part.hash(&mut hasher);
            numbers.push(hasher.finish());
        }
        let exact = numbers.pop().unwrap_or_default();
        Key { exact, beginnings: numbers.into() }
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
        assert_ne!(join(1, 2), join(2, 1));
    }

    #[test]
    fn a_name_that_is_known_in_part_is_the_beginning_of_a_key() {
        let key = Key::new(["Service", "shop", "web"]);
        assert_eq!(number_until([Some("Service"), Some("shop"), Some("web")]), (key.exact, true));
        let (known, all) = number_until([Some("Service"), Some("shop"), None]);
        assert!(!all && key.beginnings.contains(&known));
        let (known, _) = number_until([Some("Service"), None, Some("web")]);
        assert!(key.beginnings.contains(&known));
    }
}
