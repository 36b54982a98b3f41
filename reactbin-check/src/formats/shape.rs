//! Names as data: which characters, which at the ends, how many. Must not know where they stand.

use super::words::{character, first_not, quoted};
use super::{Verdict, Violation};

/// What a name may be made of. All of it is ASCII.
pub(super) struct Shape {
    /// What it is, with its article: "a DNS label".
    pub(super) what: &'static str,
    /// The characters, and in words.
    pub(super) inner: fn(u8) -> bool,
    pub(super) inner_words: &'static str,
    /// The first character, and in words.
    pub(super) first: fn(u8) -> bool,
    pub(super) first_words: &'static str,
    /// The last character, and in words.
    pub(super) last: fn(u8) -> bool,
    pub(super) last_words: &'static str,
    /// The most characters.
    pub(super) max: usize,
}

/// Whether `text` has the shape.
pub(super) fn check(shape: &Shape, text: &str) -> Verdict {
    let what = shape.what;
    let (Some(&first), Some(&last)) = (text.as_bytes().first(), text.as_bytes().last()) else {
        return Err(Violation::new(format!("{what} can't be empty")));
    };
    check_inner(shape, text)?;
    if !(shape.first)(first) {
        return Err(Violation::new(format!(
            "{} starts with `{}`, and {what} starts with {}",
            quoted(text),
            char::from(first),
            shape.first_words
        )));
    }
    if !(shape.last)(last) {
        return Err(Violation::new(format!(
            "{} ends with `{}`, and {what} ends with {}",
            quoted(text),
            char::from(last),
            shape.last_words
        )));
    }
    check_length(what, shape.max, text)
}

/// Whether `text` has only the shape's characters.
pub(super) fn check_inner(shape: &Shape, text: &str) -> Verdict {
    match first_not(text, shape.inner) {
        None => Ok(()),
        Some((at, c)) => Err(Violation::new(format!(
            "{} has {} at position {at}, and {} has only {}",
            quoted(text),
            character(c),
            shape.what,
            shape.inner_words
        ))),
    }
}

/// Whether `text`, of ASCII characters, isn't longer than `max`.
pub(super) fn check_length(what: &str, max: usize, text: &str) -> Verdict {
    if text.len() <= max {
        return Ok(());
    }
    let mut violation = Violation::new(format!(
        "{} has {} characters, and {what} has at most {max}",
        quoted(text),
        text.len()
    ));
    violation.too_long = true;
    Err(violation)
}

/// The nearest text of the shape: in lower case where it must be, other separators turned into
/// `-`, trimmed, cut to length. `None` where a character has no obvious substitute.
pub(super) fn repair(shape: &Shape, text: &str) -> Option<String> {
    let mut fixed = substitute(shape, text)?;
    fixed.truncate(shape.max);
    while fixed.bytes().last().is_some_and(|b| !(shape.last)(b)) {
        fixed.pop();
    }
    let start =
        fixed.bytes().take_while(|&b| !b.is_ascii_alphanumeric() && !(shape.first)(b)).count();
    fixed.drain(..start);
    Some(fixed)
}

/// `text` with a character of the shape for each that isn't.
pub(super) fn substitute(shape: &Shape, text: &str) -> Option<String> {
    text.trim_matches(|c: char| c.is_whitespace() || c == ':')
        .chars()
        .map(|c| {
            let byte = u8::try_from(c).ok().filter(u8::is_ascii)?;
            let candidates = match byte {
                b'A'..=b'Z' => [byte, byte.to_ascii_lowercase()],
                b'-' => [byte, b'_'],
                b'_' | b'.' | b' ' | b'/' | b':' | b'+' => [byte, b'-'],
                _ => [byte, byte],
            };
            candidates.into_iter().find(|&b| (shape.inner)(b)).map(char::from)
        })
        .collect()
}
