//! DNS names: labels, subdomains, hosts. Must not know which object is named.

use std::net::IpAddr;

use super::shape::{self, Shape};
use super::words::{alnum, lower_alnum};
use super::{Verdict, Violation, quoted};

pub(super) const LABEL: Shape = Shape {
    what: "a DNS label",
    inner: |b| lower_alnum(b) || b == b'-',
    inner_words: "lower-case letters, digits and `-`",
    first: lower_alnum,
    first_words: "a letter or digit",
    last: lower_alnum,
    last_words: "a letter or digit",
    max: 63,
};

pub(super) const LABEL_1035: Shape = Shape {
    what: "a DNS-1035 label",
    first: |b| b.is_ascii_lowercase(),
    first_words: "a letter",
    ..LABEL
};

pub(super) const SUBDOMAIN: Shape = Shape {
    what: "a DNS subdomain",
    inner: |b| lower_alnum(b) || matches!(b, b'-' | b'.'),
    inner_words: "lower-case letters, digits, `-` and `.`",
    max: 253,
    ..LABEL
};

pub(super) const CASELESS: Shape = Shape {
    inner: |b| alnum(b) || matches!(b, b'-' | b'.'),
    inner_words: "letters, digits, `-` and `.`",
    first: alnum,
    last: alnum,
    ..SUBDOMAIN
};

pub(super) const UNDERSCORE: Shape = Shape {
    what: "a DNS search domain",
    inner: |b| lower_alnum(b) || matches!(b, b'-' | b'.' | b'_'),
    inner_words: "lower-case letters, digits, `-`, `_` and `.`",
    // That a letter or digit must follow the `_` is checked label by label.
    first: |b| lower_alnum(b) || b == b'_',
    first_words: "a letter, digit or `_`",
    ..SUBDOMAIN
};

pub(super) const EXTERNAL: Shape = Shape { what: "a DNS name", ..SUBDOMAIN };

/// Whether `text` is labels of the shape with dots between them. Only the whole has a limit.
pub(super) fn check(shape: &Shape, text: &str) -> Verdict {
    shape::check(shape, text)?;
    for label in text.split('.') {
        check_part(shape, text, label)?;
    }
    Ok(())
}

fn check_part(shape: &Shape, text: &str, label: &str) -> Verdict {
    let (Some(&first), Some(&last)) = (label.as_bytes().first(), label.as_bytes().last()) else {
        return Err(Violation::new(format!(
            "{} has two dots in a row, with nothing between them",
            quoted(text)
        )));
    };
    if !(shape.first)(first) || !(shape.last)(last) {
        return Err(Violation::new(format!(
            "{} has {} between its dots, and each part of {} starts and ends with a letter or digit",
            quoted(text),
            quoted(label),
            shape.what
        )));
    }
    match label.strip_prefix('_') {
        Some(rest) if !rest.bytes().next().is_some_and(lower_alnum) => {
            Err(Violation::new(format!(
                "{} has no letter or digit after the `_` that starts {}",
                quoted(text),
                quoted(label)
            )))
        }
        _ => Ok(()),
    }
}

/// The nearest such name: each part repaired, empty parts left out.
pub(super) fn repair(shape: &Shape, text: &str) -> Option<String> {
    let fixed = shape::substitute(shape, text)?;
    let parts: Vec<&str> = fixed
        .split('.')
        .map(|part| part.trim_matches(['-', '_']))
        .filter(|p| !p.is_empty())
        .collect();
    shape::repair(shape, &parts.join("."))
}

/// An item of `dnsConfig.searches`: a dot at the end says that it is fully qualified.
pub(super) fn check_search(text: &str) -> Verdict {
    match text.strip_suffix('.') {
        Some("") => Ok(()),
        Some(rest) => check(&UNDERSCORE, rest),
        None => check(&UNDERSCORE, text),
    }
}

/// A DNS subdomain whose end may be a `-`, to be replaced with the character before it.
pub(super) fn check_prefix(text: &str) -> Verdict {
    match text.strip_suffix('-').and_then(|start| Some((start, start.chars().next_back()?))) {
        None => check(&SUBDOMAIN, text),
        Some((start, last)) => {
            let start = start.strip_suffix(last).unwrap_or(start);
            check(&SUBDOMAIN, &format!("{start}a"))
        }
    }
}

/// `*.` and a DNS subdomain.
pub(super) fn check_wildcard(text: &str) -> Verdict {
    let Some(rest) = text.strip_prefix("*.") else {
        return Err(Violation::new(format!(
            "{} doesn't start with `*.`, as a wildcard host does",
            quoted(text)
        )));
    };
    if rest.contains('*') {
        return Err(Violation::new(format!(
            "{} has a second `*`, and a wildcard host has only its first",
            quoted(text)
        )));
    }
    check(&SUBDOMAIN, rest)?;
    shape::check_length("a wildcard host", 253, text)
}

/// The name of a kind, which may have capitals.
pub(super) fn check_kind(text: &str) -> Verdict {
    if shape::check(&LABEL_1035, &text.to_ascii_lowercase()).is_ok() {
        return Ok(());
    }
    Err(Violation::new(format!("{} isn't the name of a kind", quoted(text))))
}

/// The host of an Ingress rule.
pub(super) fn check_host(text: &str) -> Verdict {
    if is_ip(text) {
        return Err(Violation::new(format!(
            "{} is an IP address, and a host must be a DNS name",
            quoted(text)
        )));
    }
    check_tls_host(text)
}

/// A host in an Ingress's `tls`.
pub(super) fn check_tls_host(text: &str) -> Verdict {
    if text.contains("://") {
        return Err(Violation::new(format!(
            "{} is a URL, and a host has neither scheme nor path",
            quoted(text)
        )));
    }
    if text.contains('*') { check_wildcard(text) } else { check(&SUBDOMAIN, text) }
}

/// An IP address as the API server reads one here, leading zeros and all.
fn is_ip(text: &str) -> bool {
    let octet = |part: &str| {
        let digits = part.trim_start_matches('0');
        !part.is_empty()
            && part.bytes().all(|b| b.is_ascii_digit())
            && digits.len() <= 3
            && digits.parse().unwrap_or(0) <= 255u16
    };
    text.parse::<IpAddr>().is_ok() || text.split('.').count() == 4 && text.split('.').all(octet)
}

/// The host of a URL, in lower case.
pub(super) fn repair_host(text: &str) -> Option<String> {
    let rest = text.trim().split_once("://").map_or(text.trim(), |(_, rest)| rest);
    let host = rest.split('/').next()?;
    let host = match host.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => host,
        _ => host,
    };
    match host.strip_prefix("*.") {
        Some(rest) => repair(&SUBDOMAIN, rest).map(|rest| format!("*.{rest}")),
        None => repair(&SUBDOMAIN, host),
    }
}
