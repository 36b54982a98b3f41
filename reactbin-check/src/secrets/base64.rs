//! Base64, of both alphabets, with or without padding. Must not know what is looked for in it.

use super::runs::{self, runs};

/// How many characters of one run are decoded. A certificate with its key has fewer.
const MOST: usize = 8192;
/// The shortest run that is decoded when a text is searched: what has a name, or is longer, is
/// worth it; most words are shorter.
const LEAST: usize = 24;

/// The texts inside of `text` that are written as base64.
pub(super) fn texts(text: &str) -> impl Iterator<Item = String> {
    runs(text, &runs::BASE64, LEAST).filter_map(|(_, run)| self::text(run))
}

/// The characters of base64 that `text` starts with.
pub(super) fn start(text: &str) -> &str {
    let length = text.bytes().take_while(|&b| sextet(b).is_some()).count();
    text.get(..length).unwrap_or_default()
}

/// The text that `run` is base64 of, if all of it is printable ASCII.
pub(super) fn text(run: &str) -> Option<String> {
    let mut text = String::new();
    for b in bytes(run)? {
        match b {
            b' '..=b'~' | b'\n' | b'\r' | b'\t' => text.push(char::from(b)),
            _ => return None,
        }
    }
    (text.len() >= 4).then_some(text)
}

/// The bytes that the start of `run` is base64 of, decoded as they are asked for.
pub(super) fn bytes(run: &str) -> Option<impl Iterator<Item = u8>> {
    let body = run.get(..run.len().min(MOST))?.trim_end_matches('=').as_bytes();
    if body.len() % 4 == 1 || body.iter().any(|&b| sextet(b).is_none()) {
        return None;
    }
    let decoded = body.chunks(4).flat_map(|four| {
        let bits = four
            .iter()
            .enumerate()
            .fold(0u32, |bits, (at, &b)| bits | u32::from(sextet(b).unwrap_or(0)) << (18 - 6 * at));
        let [_, bytes @ ..] = bits.to_be_bytes();
        bytes.into_iter().take(four.len() * 3 / 4)
    });
    Some(decoded)
}

fn sextet(b: u8) -> Option<u8> {
    match b {
        b'A'..=b'Z' => Some(b - b'A'),
        b'a'..=b'z' => Some(b - b'a' + 26),
        b'0'..=b'9' => Some(b - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    }
}
