//! Passwords in URLs and in Go's data source names: `scheme://user:password@host`,
//! `user:password@tcp(host)`. Must not know which service is behind one.

use super::lines::{Line, lines};
use super::{Secret, names, values};

/// The longest part before `@` that is looked at, in bytes.
const LONGEST: usize = 512;

/// The first password in a URL in `text`. In a comment, only one that isn't a word counts: there
/// they show what a URL looks like.
pub(super) fn find(text: &str) -> Option<Secret> {
    if !text.contains('@') {
        return None;
    }
    lines(text).find_map(|Line { code, comment }| {
        let real = |password: &str| values::is_generated(password);
        in_urls(code, &is_password)
            .or_else(|| in_source_names(code))
            .or_else(|| in_urls(comment, &|password| is_password(password) && real(password)))
    })
}

fn in_urls(line: &str, is_password: &dyn Fn(&str) -> bool) -> Option<Secret> {
    line.match_indices("://").find_map(|(at, mark)| {
        let scheme = scheme_before(line.get(..at)?)?;
        let rest = line.get(at + mark.len()..)?;
        let end = rest.bytes().take(LONGEST).position(is_end).unwrap_or(rest.len().min(LONGEST));
        let (user, _host) = rest.get(..end)?.rsplit_once('@')?;
        let (user, password) = user.split_once(':')?;
        // A pattern, or a part that may be left out, in the description of a URL.
        let real = !user.contains(['(', '[', '*']) && is_password(password);
        real.then(|| Secret::PasswordInUrl { scheme: scheme.to_ascii_lowercase() })
    })
}

/// Whether a byte can't be part of a URL's user, password and host. A password may have `/` and
/// `?` in it only if they are escaped.
fn is_end(b: u8) -> bool {
    b.is_ascii_whitespace() || b"/?#\"'`<>\\,".contains(&b)
}

fn scheme_before(text: &str) -> Option<&str> {
    let symbols = text.bytes().rev().take(32);
    let length = symbols.take_while(|b| b.is_ascii_alphanumeric() || b"+.-".contains(b)).count();
    let scheme = text.get(text.len() - length..)?;
    scheme.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(scheme)
}

/// `user:password@tcp(host:port)/database`, as Go's MySQL driver takes it.
fn in_source_names(line: &str) -> Option<Secret> {
    ["@tcp(", "@unix("].iter().find_map(|mark| {
        line.match_indices(mark).find_map(|(at, _)| {
            let before = line.get(..at)?;
            let length =
                before.bytes().rev().take(LONGEST).take_while(|&b| !is_end(b) && b != b'(').count();
            let (_, password) = before.get(at - length..)?.split_once(':')?;
            let scheme = mark.trim_matches(['@', '(']);
            is_password(password).then(|| Secret::PasswordInUrl { scheme: scheme.to_owned() })
        })
    })
}

/// Whether a text is a password and no reference to one, nor a word or a pattern for it.
fn is_password(text: &str) -> bool {
    let upper = text.bytes().all(|b| b.is_ascii_uppercase() || b == b'_' || b == b'-');
    let word = upper && names::claim(text).is_some();
    let pattern = text.starts_with(['%', '$', '{']) || text.contains(['*', '[', '(']);
    values::is_literal(text) && !word && !pattern
}
