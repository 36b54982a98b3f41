//! The variables of a Dockerfile, where they are sure to have a value: what `ENV` sets, and what
//! `ARG` has as a default.
//!
//! A build may give an `ARG` another value; what is said of the image is said of its default.

use std::collections::BTreeMap;

/// Variables by name; one without a value is declared, and unknown.
#[derive(Clone, Debug)]
pub(super) struct Variables {
    arguments: BTreeMap<String, Option<String>>,
    environment: BTreeMap<String, Option<String>>,
    pub(super) escape: char,
}

impl Variables {
    pub(super) fn new(escape: char) -> Variables {
        Variables { arguments: BTreeMap::new(), environment: BTreeMap::new(), escape }
    }

    /// `ARG name`, `ARG name=default`: one without a default has that of `global`.
    pub(super) fn declare(&mut self, arguments: &str, global: Option<&Variables>) {
        for word in words(arguments, self.escape) {
            let (name, value) = match word.split_once('=') {
                Some((name, default)) => (name, self.expand(default)),
                None => {
                    let outer = global.and_then(|global| global.arguments.get(&word).cloned());
                    (word.as_str(), outer.flatten())
                }
            };
            self.arguments.insert(name.to_owned(), value);
        }
    }

    /// `ENV name=value …`, or `ENV name value`.
    pub(super) fn set(&mut self, arguments: &str) {
        let words = words(arguments, self.escape);
        let pairs: Vec<(String, Option<String>)> =
            match arguments.trim().split_once(char::is_whitespace) {
                Some((name, value)) if !name.contains('=') => {
                    vec![(name.to_owned(), self.expand(value.trim()))]
                }
                // All values are those from before this instruction.
                _ => words
                    .iter()
                    .filter_map(|word| word.split_once('='))
                    .map(|(name, value)| (name.to_owned(), self.expand(value)))
                    .collect(),
            };
        self.environment.extend(pairs);
    }

    fn get(&self, name: &str) -> Option<&str> {
        let value = self.environment.get(name).or_else(|| self.arguments.get(name));
        value?.as_deref()
    }

    /// A word with its quotes taken away and its variables filled in; `None` where one isn't known.
    pub(super) fn expand(&self, word: &str) -> Option<String> {
        let mut text = String::with_capacity(word.len());
        let mut quote = None;
        let mut rest = word.chars();
        while let Some(c) = rest.next() {
            match c {
                '\'' | '"' if quote.is_none() => quote = Some(c),
                _ if quote == Some(c) => quote = None,
                '$' if quote != Some('\'') => text.push_str(&self.variable(&mut rest)?),
                _ if c == self.escape && quote != Some('\'') => text.extend(rest.next()),
                _ => text.push(c),
            }
        }
        Some(text)
    }

    /// What stands behind a `$`.
    fn variable(&self, rest: &mut std::str::Chars<'_>) -> Option<String> {
        let text = rest.as_str();
        let Some(inner) = text.strip_prefix('{') else {
            let end = text.find(|c: char| !is_of_name(c)).unwrap_or(text.len());
            *rest = text[end..].chars();
            // A `$` that nothing follows is one.
            return if end == 0 {
                Some("$".to_owned())
            } else {
                self.get(&text[..end]).map(str::to_owned)
            };
        };
        let (inner, behind) = inner.split_once('}')?;
        *rest = behind.chars();
        let end = inner.find(|c: char| !is_of_name(c)).unwrap_or(inner.len());
        let (name, modifier) = inner.split_at(end);
        let value = self.get(name);
        match modifier {
            "" => value.map(str::to_owned),
            // Only where it is declared is it known to have no value.
            _ => match modifier.strip_prefix(":-") {
                Some(otherwise) if !otherwise.contains(['$', '{']) => match value {
                    None | Some("") => Some(otherwise.to_owned()),
                    Some(value) => Some(value.to_owned()),
                },
                _ => None,
            },
        }
    }
}

fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// The words of a line, with their quotes and escapes still in them.
pub(super) fn words(line: &str, escape: char) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quote = None;
    let mut rest = line.chars();
    while let Some(c) = rest.next() {
        if c.is_whitespace() && quote.is_none() {
            if !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            continue;
        }
        word.push(c);
        match c {
            '\'' | '"' if quote.is_none() => quote = Some(c),
            _ if quote == Some(c) => quote = None,
            _ if c == escape && quote != Some('\'') => word.extend(rest.next()),
            _ => {}
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}
