//! Private keys: in PEM, in PuTTY's format, in DER, as a JSON Web Key. Must not know whose they are.

use super::runs::{self, runs};
use super::{Secret, base64};

const BEGIN: &str = "-----BEGIN ";
const DASHES: &str = "-----";
/// How much of a block is looked at, in bytes.
const LOOK: usize = 4096;
/// The fewest characters of base64 in a row that are taken for a line of a key, of which most have
/// 64. What only shows where a key goes breaks off sooner.
const LINE: usize = 40;

/// What a block holds by the end of its label.
const LABELS: &[(&str, &str)] = &[
    ("RSA PRIVATE KEY", "an RSA private key"),
    ("EC PRIVATE KEY", "an EC private key"),
    ("DSA PRIVATE KEY", "a DSA private key"),
    ("OPENSSH PRIVATE KEY", "an OpenSSH private key"),
    ("ENCRYPTED PRIVATE KEY", "an encrypted private key"),
    ("PGP PRIVATE KEY BLOCK", "a PGP private key"),
    ("PRIVATE KEY", "a private key"),
];

/// The first private key in `text`.
pub(super) fn find(text: &str) -> Option<Secret> {
    let what = blocks(text).or_else(|| putty(text)).or_else(|| web_key(text)).or_else(|| der(text));
    what.map(|what| Secret::PrivateKey { what })
}

fn blocks(text: &str) -> Option<&'static str> {
    text.match_indices(BEGIN).find_map(|(at, _)| {
        let label = text.get(at + BEGIN.len()..)?;
        let (label, body) = label.split_once(DASHES)?;
        let (_, what) = LABELS.iter().find(|(end, _)| label.ends_with(end))?;
        has_key(body).then_some(*what)
    })
}

/// Whether a key follows, and not only a word in a script or dots in an example.
fn has_key(body: &str) -> bool {
    let body = body.get(..body.floor_char_boundary(LOOK)).unwrap_or_default();
    let body = body.split(DASHES).next().unwrap_or(body);
    // A line break may be written as `\n`.
    runs(body, &runs::BASE64, LINE).next().is_some()
}

fn putty(text: &str) -> Option<&'static str> {
    let body = text.get(text.find("PuTTY-User-Key-File-")?..)?;
    has_key(body.get(body.find("Private-Lines:")?..)?).then_some("a PuTTY private key")
}

/// A JSON Web Key with its private part, `d`.
fn web_key(text: &str) -> Option<&'static str> {
    text.find("\"kty\"")?;
    let d = text.match_indices("\"d\"").any(|(at, mark)| {
        let value = text.get(at + mark.len()..).unwrap_or_default();
        base64::start(value.trim_start_matches([' ', ':', '"'])).len() >= LINE
    });
    d.then_some("a private JSON Web Key")
}

/// What begins as the DER of a private key does: a sequence whose first item is a small version,
/// where a certificate and a public key have another sequence.
fn der(text: &str) -> Option<&'static str> {
    let keys = runs(text, &runs::BASE64, LINE).filter(|(_, run)| run.starts_with('M'));
    keys.into_iter().find_map(|(_, run)| {
        let mut bytes = base64::bytes(run)?;
        let (sequence, length) = (bytes.next()?, bytes.next()?);
        for _ in 0..length.saturating_sub(0x80).min(4) {
            bytes.next()?;
        }
        let version = (bytes.next()?, bytes.next()?, bytes.next()?);
        let next = bytes.next()?;
        // 0 and an integer: PKCS #1; 0 and a sequence: PKCS #8; 1 and octets: SEC 1.
        let private = sequence == 0x30
            && matches!((version, next), ((2, 1, 0), 0x02 | 0x30) | ((2, 1, 1), 0x04));
        private.then_some("a private key")
    })
}

/// The parts of `text` that are in no block of PEM: certificates and public keys look random and
/// are no secrets.
pub(super) fn outside(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let now = rest?;
        let Some((before, block)) = now.split_once(BEGIN) else {
            rest = None;
            return Some(now);
        };
        rest = block
            .find("-----END ")
            .and_then(|end| block.get(end + "-----END ".len()..))
            .and_then(|tail| tail.split_once(DASHES))
            .map(|(_, after)| after);
        Some(before)
    })
}
