//! Names with their values inside of a text: `key=value`, `key: value`, `"key": "value"`,
//! `<key>value</key>`, in files of settings, in commands, in connection strings. Must not know the
//! language that a text is in.

use super::lines::{Line, lines};
use super::names::{self, Claim};
use super::{Secret, values};

/// How much of a value is read, in bytes: enough to tell a secret from what is none.
const LONGEST: usize = 128;

/// A value in a text.
struct Value<'t> {
    text: &'t str,
    quoted: bool,
    /// Whether something else follows on the same line.
    more: bool,
}

/// The first value in `text` whose name says that it is a secret.
pub(super) fn find(text: &str) -> Option<Secret> {
    // What `value` is after `name: DB_PASSWORD`, which may be on the line before.
    let mut named = None;
    lines(text).find_map(|Line { code, comment }| {
        in_code(code, &mut named).or_else(|| in_comment(comment))
    })
}

fn in_code<'t>(code: &'t str, named: &mut Option<(Claim, &'t str)>) -> Option<Secret> {
    for (at, name) in keys(code) {
        let before = named.take();
        let claim = match name {
            "name" | "key" => {
                let value = value_at(code, at).text;
                let claim = names::claim(value).filter(|_| names::at_end(value) == value);
                *named = claim.map(|claim| (claim, value));
                continue;
            }
            "value" => before,
            _ => names::claim(name).map(|claim| (claim, name)),
        };
        if let Some((claim, name)) = claim
            && is_secret(claim, &value_at(code, at))
        {
            return Some(secret(claim, name));
        }
    }
    None
}

/// In comments there are examples, so that a value counts only if it looks like a real one.
fn in_comment(comment: &str) -> Option<Secret> {
    let comment = comment.trim_start_matches(|c: char| !c.is_alphanumeric());
    keys(comment).find_map(|(at, name)| {
        let claim = names::claim(name)?;
        let value = value_at(comment, at);
        (is_secret(claim, &value) && values::is_generated(value.text)).then(|| secret(claim, name))
    })
}

fn secret(claim: Claim, name: &str) -> Secret {
    let name = name.strip_prefix("-D").unwrap_or(name).trim_matches(['-', '.']);
    Secret::Named { what: claim.what, name: Some(name.to_owned()) }
}

/// Whether a value in a text is one and no variable, no expression, no prose.
fn is_secret(claim: Claim, value: &Value<'_>) -> bool {
    let text = value.text;
    text.bytes().all(|b| b.is_ascii_graphic())
        && (value.quoted || !value.more && !is_expression(text))
        && !is_label(text)
        && !is_name(text)
        && values::judge(claim, text)
}

/// Whether a text is one word as on a form: `"password": "Passwort"` in a translation.
fn is_label(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|b| b.is_ascii_uppercase()) && bytes.all(|b| b.is_ascii_lowercase())
}

/// Whether a text is a name for a secret too, of more than one word: `password = db_password`,
/// `apiKey: X-API-Key`, `clientSecret: oidc-client-secret`.
fn is_name(text: &str) -> bool {
    text.len() <= names::LONGEST
        && text.bytes().all(|b| b.is_ascii_alphabetic() || matches!(b, b'_' | b'-' | b'.'))
        && names::words(text).len() > 1
        && names::claim(text).is_some_and(|claim| claim.strength != names::Strength::Maybe)
}

/// Whether a text without quotes is code, or more than text in YAML: `args.token`, `read(x)`, `*x`.
fn is_expression(text: &str) -> bool {
    text.contains(['(', '[', '{'])
        || text.starts_with(['*', '&', '!', '|', '>'])
        || text.contains("?.")
        || text.contains('.')
            && text.split('.').all(|part| {
                part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
                    && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
            })
}

/// The signs of `line` that stand between a name and a value, with the name.
fn keys(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut next = 0;
    std::iter::from_fn(move || {
        while let Some(&b) = line.as_bytes().get(next) {
            let at = next;
            next += 1;
            if matches!(b, b'=' | b':' | b'>')
                && let Some(key) = key_before(line, at)
            {
                return Some((at, key));
            }
        }
        None
    })
}

/// The name before the sign at `at`, if that is one that gives a value to a name.
fn key_before(line: &str, at: usize) -> Option<&str> {
    let bytes = line.as_bytes();
    let (sign, next) = (*bytes.get(at)?, bytes.get(at + 1).copied());
    let head = line.get(..at)?;
    // `:=`, `?=` and `+=` give a value; `==`, `!=` and the like compare.
    let head = if sign == b'=' { head.trim_end_matches([':', '?', '+']) } else { head };
    let head = head.trim_end_matches([' ', '\t']);
    let bare = head.trim_end_matches([']', '"', '\'', '\\']);
    let closed = bare.len() < head.len();
    let key = names::at_end(bare);
    let before = bare.get(..bare.len() - key.len())?;
    let key = unescaped(before, key);
    if key.is_empty() || key.len() > names::LONGEST {
        return None;
    }
    let gives = match sign {
        // `"$password" = x` compares too.
        b'=' => !matches!(next, Some(b'=' | b'~')) && (!closed || !before.ends_with('$')),
        // `<password>x</password>` and `<property name="password">x</property>`.
        b'>' if closed => before.ends_with("name=\""),
        b'>' => before.ends_with('<'),
        _ => {
            let spaced = next.is_none_or(|b| b.is_ascii_whitespace());
            let opened = before.ends_with(['"', '\'']);
            (closed && opened && next != Some(b':')) || (spaced && is_start(before))
        }
    };
    gives.then_some(key)
}

/// A name without the letter that a line break written as `\n` leaves before it.
fn unescaped<'t>(before: &str, key: &'t str) -> &'t str {
    match key.strip_prefix(['n', 't', 'r']) {
        Some(rest) if before.ends_with('\\') => rest,
        _ => key,
    }
}

/// Whether a name and a colon may follow: at the start of a line, of an item, of a quoted header.
fn is_start(before: &str) -> bool {
    let before = before.trim_end_matches([' ', '\t']);
    before.is_empty() || before.ends_with(['-', '{', ',', '?', '"', '\'', '\\', '['])
}

/// The value behind the sign at `at`.
fn value_at(line: &str, at: usize) -> Value<'_> {
    let sign = line.as_bytes().get(at).copied();
    let tail = line.get(at + 1..).unwrap_or_default();
    let tail = tail.get(..tail.floor_char_boundary(LONGEST)).unwrap_or_default();
    if sign == Some(b'>') {
        let text = tail.split_once("</").map_or("", |(text, _)| text);
        return Value { text: text.trim(), quoted: true, more: false };
    }
    // `=>` is a sign too.
    let rest = tail.strip_prefix('>').unwrap_or(tail).trim_start_matches([' ', '\t']);
    for quote in ["\\\"", "\"", "'", "`"] {
        if let Some(inner) = rest.strip_prefix(quote) {
            let (text, _) = inner.split_once(quote).unwrap_or((inner, ""));
            return Value { text, quoted: true, more: false };
        }
    }
    let (text, after) = rest.split_at(rest.find(is_end).unwrap_or(rest.len()));
    // `TOKEN=x command` is an assignment for a command; `token = x;` is code, not a setting.
    let tight = sign == Some(b'=') && !tail.starts_with([' ', '\t']);
    let more = !tight
        && match after.trim_start().chars().next() {
            Some(';') => after.starts_with(';'),
            Some('#' | '/') | None => false,
            Some(_) => after.starts_with([' ', '\t']),
        };
    // What has no other value behind it is the whole rest of the line, whatever signs it has.
    let whole = rest.trim_end().trim_end_matches([',', ';', ')', '}']);
    let text = if whole.contains(is_break) { text } else { whole };
    Value { text, quoted: false, more }
}

/// What ends a value that isn't quoted.
fn is_end(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, ',' | ';' | '&' | '"' | '\'' | ')' | '}' | ']' | '<' | '|' | '\\' | '`')
}

/// What there is in more than a value.
fn is_break(c: char) -> bool {
    c.is_whitespace() || matches!(c, '=' | '"' | '\'' | '<' | '\\' | '`' | '&')
}
