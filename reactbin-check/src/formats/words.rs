//! How a message speaks of a text and of the characters in it. Must not know any format.

/// The longest text that a message repeats in full, in characters.
const SHOWN: usize = 64;

/// `text` in backticks, fit for a message of one line: shortened, control characters escaped.
pub(crate) fn quoted(text: &str) -> String {
    let mut shown = String::with_capacity(text.len().min(4 * SHOWN) + 2);
    for (n, c) in text.chars().enumerate() {
        if n == SHOWN {
            shown.push('…');
            break;
        }
        if c.is_control() {
            shown.extend(c.escape_default());
        } else {
            shown.push(c);
        }
    }
    if shown.contains('`') { format!("\"{shown}\"") } else { format!("`{shown}`") }
}

/// A character by its name where it can't be seen, else in backticks.
pub(crate) fn character(c: char) -> String {
    match c {
        ' ' => "a space".to_owned(),
        '\t' => "a tab".to_owned(),
        '\n' | '\r' => "a line break".to_owned(),
        '`' => "a backtick".to_owned(),
        c if c.is_control() || c.is_whitespace() => format!("the character U+{:04X}", u32::from(c)),
        c => format!("`{c}`"),
    }
}

/// The first character of `text` that isn't an ASCII character which `allowed` admits, and its
/// place, counted in characters from 1.
pub(crate) fn first_not(text: &str, allowed: fn(u8) -> bool) -> Option<(usize, char)> {
    let at = text.bytes().position(|b| !allowed(b))?;
    let before = text.get(..at)?;
    Some((before.chars().count() + 1, text.get(at..)?.chars().next()?))
}

/// Whether a byte is a lower-case letter or a digit.
pub(crate) fn lower_alnum(b: u8) -> bool {
    b.is_ascii_lowercase() || b.is_ascii_digit()
}

/// Whether a byte is a letter or a digit.
pub(crate) fn alnum(b: u8) -> bool {
    b.is_ascii_alphanumeric()
}
