//! Signed JSON Web Tokens: three parts of base64, of which the first is a header that names an
//! algorithm. Encrypted ones have five. Must not know who issued one.

use super::runs::{Symbols, runs, symbols};
use super::{Secret, base64};

/// The characters of a token.
const SYMBOLS: Symbols = symbols(b"-_.");
/// The fewest characters of a token: its header alone, base64 of `{"alg":"HS256"}`, has 20.
const LEAST: usize = 40;

/// The first JSON Web Token in `text`.
pub(super) fn find(text: &str) -> Option<Secret> {
    runs(text, &SYMBOLS, LEAST)
        .any(|(_, word)| is_token(word))
        .then_some(Secret::Token { issuer: "JWT", what: "a JSON Web Token" })
}

fn is_token(word: &str) -> bool {
    // A line break that is written as `\n` leaves its letter before the word.
    let word = if word.starts_with('e') { word } else { word.get(1..).unwrap_or_default() };
    let mut parts = word.trim_end_matches('.').split('.');
    let (Some(header), Some(claims), Some(signature), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let header = base64::text(header).unwrap_or_default();
    header.starts_with('{')
        && header.contains("\"alg\"")
        // What NATS signs so are claims about a key, for everyone to read.
        && !header.contains("ed25519")
        && claims.len() >= 8
        && signature.len() >= 16
}
