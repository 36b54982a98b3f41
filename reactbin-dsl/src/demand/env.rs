//! The environment that a container is given, and the variables that its program requires.

use super::Keys;
use super::text::{Text, same};

/// The variables of a container of which all are known.
#[derive(Debug)]
pub struct Env {
    /// Those of its `env`.
    pub own: &'static [&'static str],
    /// What `env_from` names: the prefix, and the keys behind it.
    pub from: &'static [(&'static str, &'static Keys)],
}

impl Env {
    /// Asserts that a container is given all of these variables. A method, so that the author's
    /// parentheses are its own.
    ///
    /// # Panics
    /// If one of them surely isn't there.
    #[track_caller]
    pub const fn requires(&self, required: &[&str]) {
        let mut missing = Text::new();
        let mut count = 0;
        let mut i = 0;
        while i < required.len() {
            if !self.may_have(required[i]) {
                missing = missing.item(required[i], count);
                count += 1;
            }
            i += 1;
        }
        if count > 0 {
            let it = if count == 1 { "it" } else { "them" };
            let text = Text::new()
                .push("this container isn't given ")
                .push(missing.as_str())
                .push("\nhelp: add ")
                .push(it)
                .push(" to `env`, or to the keys of what `env_from` names");
            panic!("{}", text.as_str())
        }
    }

    /// Whether the variable is there, or might be.
    const fn may_have(&self, name: &str) -> bool {
        let mut i = 0;
        while i < self.own.len() {
            if same(self.own[i], name) {
                return true;
            }
            i += 1;
        }
        let mut i = 0;
        while i < self.from.len() {
            let (prefix, keys) = self.from[i];
            if !keys.complete || keys_have(keys, prefix, name) {
                return true;
            }
            i += 1;
        }
        false
    }
}

const fn keys_have(keys: &Keys, prefix: &str, name: &str) -> bool {
    let mut i = 0;
    while i < keys.known.len() {
        if joined(prefix, keys.known[i], name) {
            return true;
        }
        i += 1;
    }
    false
}

/// Whether `name` is `prefix` and `key`.
const fn joined(prefix: &str, key: &str, name: &str) -> bool {
    let (prefix, key, name) = (prefix.as_bytes(), key.as_bytes(), name.as_bytes());
    if prefix.len() + key.len() != name.len() {
        return false;
    }
    let mut i = 0;
    while i < name.len() {
        let expected = if i < prefix.len() { prefix[i] } else { key[i - prefix.len()] };
        if name[i] != expected {
            return false;
        }
        i += 1;
    }
    true
}
