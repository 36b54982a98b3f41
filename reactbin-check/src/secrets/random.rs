//! Texts that look drawn at random: keys and tokens without a name and without a form of their
//! own. Must not know what they are for.
//!
//! Shannon's entropy alone doesn't tell: `maxUnavailableReplicas2` has as much of it as a random
//! text of its length. Two shares do, of the neighbours in a text:
//!
//! - *changes*: how many of them differ in kind, of capital, small letter, digit and sign. 62 % in
//!   random letters and digits; 5 to 35 % in words that are put together, in camelCase or with
//!   signs.
//! - *pairs*: how many of the letters among them, in lower case, are one of the 180 pairs that are
//!   commonest in English and in identifiers, which make up 86 % of both. 27 % in random letters.
//!
//! A text is random if the first is [`MARGIN`] more than the second. Of texts that really were
//! drawn at random from letters and digits, that finds 92 % with 24 characters, 95 % with 32, 97 %
//! with 40 and 99 % with 64; of the words, names and paths in a hundred megabytes of configuration
//! files, it takes a single one for random.
//!
//! Hexadecimal digits are never taken for random, since checksums, commits and identifiers are made
//! of them and nothing tells those apart. Neither is what has fewer than [`LEAST`] characters, or
//! more than [`MOST`], nor what the text around it explains: a digest, a URL, a certificate.

use super::runs::{self, runs};
use super::{Secret, base64, names, pem};

/// The fewest characters of a text that is random without a name that says so. Shorter ones are
/// parts of identifiers too often.
const LEAST: usize = 24;
/// The fewest where there are letters of one case only, which identifiers are made of.
const LEAST_ONE_CASE: usize = 32;
/// The fewest whose shares say anything at all.
const SHORTEST: usize = 16;
/// The fewest characters of a part between signs, on average: words have fewer.
const PART: usize = 6;
/// The most characters: a longer text is a picture, an archive, a program.
const MOST: usize = 256;
/// By how much the share of changes is above that of common pairs, in percent.
const MARGIN: i64 = 10;
/// The same for letters of one case, whose kind changes only between letters and digits: in 40 %
/// of random neighbours.
const MARGIN_ONE_CASE: i64 = -10;

/// By each letter, those that follow it in common pairs.
#[rustfmt::skip]
const FOLLOWERS: [&str; 26] = [
    "bcdgilmnprstu", "ael", "acehklorstu", "adeiors", "acdefglmnpqrstvwx", "aeio",
    "eir", "aeo", "acdefglmnoprstvz", "", "e", "adeilostu",
    "aeiop", "acdefgiost", "bcdlmnoprstuvw", "aeiloprtu", "u", "acdeimnorstuvy",
    "acehiopstu", "acehioprstuy", "belmnprst", "aeio", "a", "pt",
    "p", "e",
];

/// What stands directly before a checksum or the key of a host, and isn't part of it.
#[rustfmt::skip]
const MARKS: &[&str] = &[
    "sha1", "sha256", "sha384", "sha512", "md5", "h1", "ssh-rsa", "ssh-ed25519", "ssh-dss",
    "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521",
];

/// The public parts of a JSON Web Key.
const JWK: &[&str] = &["x", "y", "n"];

/// The first random text in `text`, which goes by the name `key`.
pub(super) fn find(key: Option<&str>, text: &str) -> Option<Secret> {
    if key.is_some_and(names::is_open) {
        return None;
    }
    pem::outside(text).any(in_part).then_some(Secret::HighEntropy)
}

/// Whether a text without blocks of PEM has something random in it.
fn in_part(text: &str) -> bool {
    runs(text, &runs::BASE64, LEAST).any(|(start, run)| is_suspect(text, start, run))
}

/// Whether a run of base64's characters is random and nothing around it explains that.
fn is_suspect(text: &str, start: usize, run: &str) -> bool {
    let before = text.get(..start).unwrap_or_default();
    let after = text.get(start + run.len()..).unwrap_or_default();
    // Part of a host name, of the name of a file, of an escape, of a digest.
    let joined = before.ends_with(['.', '@', '%', '\\', '$', '~', '#'])
        || after.starts_with(['@', '%', '~', '('])
        || after.strip_prefix('.').is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    let text = run.trim_matches(['-', '_', '/']);
    let long = if is_one_case(text) { LEAST_ONE_CASE } else { LEAST };
    !joined
        && (long..=MOST).contains(&run.len())
        && is_random(text)
        && !is_marked(before, text)
        && !is_wrapped(before, run, after)
        && !is_in_url(before)
        && !is_data(text)
}

/// Whether a text is in the path or the query of a URL.
fn is_in_url(before: &str) -> bool {
    let start = before.ceil_char_boundary(before.len().saturating_sub(MOST));
    let near = before.get(start..).unwrap_or_default();
    let word = near.rsplit([' ', '\t', '\n', '"', '\'', '`', ',', ';', '<', '>']).next();
    word.is_some_and(|word| word.contains("://"))
}

/// Whether a text is one of several lines of base64, which is data. A line of it has 64 characters
/// or 76, with something before it maybe fewer.
fn is_wrapped(before: &str, run: &str, after: &str) -> bool {
    const LINE: usize = 48;
    let above = before.trim_end_matches([' ', '\t']).strip_suffix('\n').is_some_and(|above| {
        let line = above.trim_end_matches('\r').bytes().rev();
        line.take(LINE).filter(|&b| runs::BASE64[usize::from(b)]).count() == LINE
    });
    let below = after.trim_start_matches('\r').strip_prefix('\n').is_some_and(|below| {
        let line = below.trim_start_matches([' ', '\t']);
        let next = base64::start(line);
        let rest = line.get(next.len()..).unwrap_or_default().trim_start_matches('=');
        next.len() >= 4 && (rest.is_empty() || rest.starts_with(['\n', '\r', '<', '"', '\'']))
    });
    above || below && run.len() >= LINE
}

/// Whether the name or the mark before a text says that it is for everyone.
fn is_marked(before: &str, text: &str) -> bool {
    const QUOTES: [char; 5] = [' ', '\t', '"', '\'', '\\'];
    let before = before.trim_end_matches(QUOTES);
    let bare = before.trim_end_matches([':', '=', '>']);
    let name = names::at_end(bare.trim_end_matches(QUOTES));
    let given = bare.len() < before.len() && (JWK.contains(&name) || names::is_open(name));
    given || MARKS.iter().any(|mark| name.ends_with(mark) || text.starts_with(mark))
}

/// Whether a text is base64 of a text, or of something that tells by its first bytes what it is.
fn is_data(text: &str) -> bool {
    // A public key of SSH starts with the length of the name of its algorithm, one of NATS with
    // the letter of what it is for.
    let public = text.starts_with("AAAA")
        || text.starts_with("age1")
        || text.len() == 56 && text.starts_with(['A', 'C', 'N', 'O', 'U', 'X']) && is_base32(text);
    if public || base64::text(text).is_some() {
        return true;
    }
    let mut bytes = [0; 3];
    for (slot, b) in bytes.iter_mut().zip(base64::bytes(text).into_iter().flatten()) {
        *slot = b;
    }
    // Gzip, zstd, PNG, JPEG, GIF, WOFF; DER of a certificate or a public key.
    matches!(
        bytes,
        [0x1f, 0x8b, _]
            | [0x28, 0xb5, 0x2f]
            | [0x89, b'P', b'N']
            | [0xff, 0xd8, 0xff]
            | [b'G', b'I', b'F']
            | [b'w', b'O', b'F']
            | [0x30, 0x81..=0x83, _]
            | [0x30, _, 0x30]
    )
}

/// Whether a text looks as if it was drawn at random from letters and digits.
pub(super) fn is_random(text: &str) -> bool {
    let one_case = is_one_case(text);
    let text = if one_case { longest_part(text) } else { text };
    let bytes = text.as_bytes();
    if bytes.len() < SHORTEST || text.split('/').any(is_word) {
        return false;
    }
    let digits = bytes.iter().filter(|b| b.is_ascii_digit()).count();
    if digits == 0 || bytes.iter().all(|b| b.is_ascii_hexdigit() || matches!(b, b'-' | b'_')) {
        return false;
    }
    // Words with signs between them have short parts.
    let signs = bytes.iter().filter(|b| matches!(b, b'-' | b'_' | b'/')).count();
    if bytes.len() < PART * (signs + 1) {
        return false;
    }
    let margin = if one_case { MARGIN_ONE_CASE } else { MARGIN };
    changes(bytes) - common_pairs(bytes) >= margin
}

/// Whether all characters are hexadecimal digits, letters among them, as in keys and checksums.
pub(super) fn is_hex(text: &str) -> bool {
    text.len() >= SHORTEST
        && text.bytes().all(|b| b.is_ascii_hexdigit())
        && text.bytes().any(|b| b.is_ascii_digit())
        && text.bytes().any(|b| b.is_ascii_alphabetic())
}

/// Whether a part of a path is a word, of more letters than stand in a row by chance.
fn is_word(part: &str) -> bool {
    part.len() > 4 && part.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
}

fn is_base32(text: &str) -> bool {
    text.bytes().all(|b| matches!(b, b'A'..=b'Z' | b'2'..=b'7'))
}

fn is_one_case(text: &str) -> bool {
    !text.bytes().any(|b| b.is_ascii_lowercase()) || !text.bytes().any(|b| b.is_ascii_uppercase())
}

fn longest_part(text: &str) -> &str {
    text.split(|c: char| !c.is_ascii_alphanumeric()).max_by_key(|part| part.len()).unwrap_or(text)
}

/// How many neighbours differ in kind, in percent.
fn changes(bytes: &[u8]) -> i64 {
    let kind = |b: u8| match b {
        b'a'..=b'z' => 0,
        b'A'..=b'Z' => 1,
        b'0'..=b'9' => 2,
        _ => 3,
    };
    let changes = bytes.windows(2).filter(|two| kind(two[0]) != kind(two[1])).count();
    percent(changes, bytes.len().saturating_sub(1))
}

/// How many of the neighbours that are letters are common pairs, in percent.
fn common_pairs(bytes: &[u8]) -> i64 {
    let (mut letters, mut common) = (0, 0);
    for two in bytes.windows(2) {
        let [first, second] = [two[0].to_ascii_lowercase(), two[1].to_ascii_lowercase()];
        if first.is_ascii_lowercase() && second.is_ascii_lowercase() {
            letters += 1;
            let followers = FOLLOWERS.get(usize::from(first - b'a')).copied().unwrap_or_default();
            common += usize::from(followers.as_bytes().contains(&second));
        }
    }
    percent(common, letters)
}

fn percent(part: usize, whole: usize) -> i64 {
    i64::try_from(part * 100 / whole.max(1)).unwrap_or(0)
}
