//! The environment that a container is given, and the variables that its program requires.

use super::Keys;
use super::near::{MOST, edits};
use super::text::{Text, contains, same};

/// The variables of a container of which all are known.
#[derive(Debug)]
pub struct Env {
    /// Those of its `env`.
    pub own: &'static [&'static str],
    /// What `env_from` names: the prefix, and the keys behind it.
    pub from: &'static [(&'static str, &'static Keys)],
    /// All that is required of them by name.
    pub required: &'static [&'static str],
}

/// For how many of the variables that are missing a similar one is looked for.
const NOTES: usize = 3;

const WHERE: &str = " to `env`, or to the keys of what `env_from` names";

impl Env {
    /// Asserts that a container is given all of these variables. A method, so that the author's
    /// parentheses are its own.
    ///
    /// # Panics
    /// If one of them surely isn't there.
    #[track_caller]
    pub const fn requires(&self, required: &[&str]) {
        let mut missing = Text::new();
        let mut similar = Text::new();
        let mut count = 0;
        let mut i = 0;
        while i < required.len() {
            let name = required[i];
            if !self.may_have(name) {
                missing = missing.item(name, count);
                count += 1;
                if count <= NOTES
                    && let Some(given) = self.similar(name, required)
                {
                    similar = similar.push("\nnote: it is given `").push(given.as_str());
                    similar = similar.push("`, which is much like `").push(name).push("`");
                }
            }
            i += 1;
        }
        if count == 0 {
            return;
        }
        let mut text = Text::new().push("this container isn't given ").push(missing.as_str());
        text = if count > 1 {
            text.push("\nhelp: add them").push(WHERE)
        } else if similar.as_str().is_empty() {
            text.push("\nhelp: add it").push(WHERE)
        } else {
            text.push("\nhelp: write the same name in both places")
        };
        let text = text.push(similar.as_str());
        panic!("{}", text.as_str())
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

    /// The variable that is given and most likely meant by one that isn't: none that is required
    /// itself.
    const fn similar(&self, name: &str, required: &[&str]) -> Option<Text> {
        let mut found = None;
        let mut least = usize::MAX;
        let mut looked_at = 0;
        let mut list = 0;
        while list <= self.from.len() {
            let (prefix, known) = match list {
                0 => ("", self.own),
                _ => (self.from[list - 1].0, self.from[list - 1].1.known),
            };
            let mut i = 0;
            while i < known.len() && looked_at < MOST {
                if let Some(edits) = edits(name, prefix, known[i])
                    && edits < least
                {
                    let given = Text::new().push(prefix).push(known[i]);
                    let text = given.as_str();
                    if !contains(self.required, text) && !contains(required, text) {
                        least = edits;
                        found = Some(given);
                    }
                }
                looked_at += 1;
                i += 1;
            }
            list += 1;
        }
        found
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
