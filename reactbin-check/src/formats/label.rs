//! Labels, annotations and other qualified names. Must not know which map they stand in.

use super::shape::{self, Shape};
use super::words::alnum;
use super::{Verdict, Violation, dns, quoted};
use crate::suggest::suggest;

pub(super) const VALUE: Shape = Shape {
    what: "a label value",
    inner: |b| alnum(b) || matches!(b, b'-' | b'_' | b'.'),
    inner_words: "letters, digits, `-`, `_` and `.`",
    first: alnum,
    first_words: "a letter or digit",
    last: alnum,
    last_words: "a letter or digit",
    max: 63,
};

const NAME: Shape = Shape { what: "the name part of a key", ..VALUE };
const PREFIX: Shape = Shape { what: "the prefix of a key", ..dns::SUBDOMAIN };
const DOMAIN: Shape = Shape { what: "the domain of a domain-prefixed path", ..dns::SUBDOMAIN };

pub(super) fn check_value(text: &str) -> Verdict {
    if text.is_empty() { Ok(()) } else { shape::check(&VALUE, text) }
}

/// A qualified name; `what` is what it is called, with its article.
pub(super) fn check_key(what: &'static str, text: &str) -> Verdict {
    let Some((prefix, name)) = text.split_once('/') else {
        return shape::check(&Shape { what, ..VALUE }, text);
    };
    if name.contains('/') {
        let slashes = text.bytes().filter(|&b| b == b'/').count();
        return Err(Violation::new(format!(
            "{} has {slashes} slashes, and {what} has at most one",
            quoted(text)
        )));
    }
    if prefix.is_empty() {
        return Err(Violation::new(format!("{} has nothing before its `/`", quoted(text)))
            .fix(name.to_owned()));
    }
    if name.is_empty() {
        return Err(Violation::new(format!("{} has nothing after its `/`", quoted(text))));
    }
    dns::check(&PREFIX, prefix)?;
    shape::check(&NAME, name)
}

/// Annotation keys may have capitals in their prefix: they are looked at in lower case.
pub(super) fn check_annotation_key(text: &str) -> Verdict {
    check_key("an annotation key", text).or_else(|violation| {
        if check_key("an annotation key", &text.to_ascii_lowercase()).is_ok() {
            Ok(())
        } else {
            Err(violation)
        }
    })
}

pub(super) fn repair_key(text: &str) -> Option<String> {
    match text.split_once('/') {
        None => shape::repair(&NAME, text),
        Some((_, name)) if name.contains('/') => None,
        Some((prefix, name)) => {
            Some(format!("{}/{}", dns::repair(&PREFIX, prefix)?, shape::repair(&NAME, name)?))
        }
    }
}

pub(super) fn check_domain_prefixed_path(text: &str) -> Verdict {
    let Some((domain, path)) =
        text.split_once('/').filter(|(domain, path)| !domain.is_empty() && !path.is_empty())
    else {
        return Err(Violation::new(format!(
            "{} must be a domain-prefixed path, such as `example.com/name`",
            quoted(text)
        )));
    };
    dns::check(&DOMAIN, domain)?;
    shape::check_inner(
        &Shape {
            what: "a domain-prefixed path",
            inner: |b| alnum(b) || b"/-._~%!$&'()*+,;=:".contains(&b),
            inner_words: "letters, digits and the punctuation of URL paths",
            ..VALUE
        },
        path,
    )
}

const SIGNER_DOMAIN: Shape = Shape { what: "the domain of a signer", ..dns::SUBDOMAIN };

/// A domain of two labels or more, `/`, and DNS subdomains with dots between.
pub(super) fn check_signer(text: &str) -> Verdict {
    let parts = text.split_once('/').filter(|(domain, name)| {
        domain.contains('.') && !domain.ends_with('.') && !name.is_empty() && !name.contains('/')
    });
    let Some((domain, name)) = parts else {
        return Err(Violation::new(format!(
            "{} must be a domain of two parts or more, `/` and a name",
            quoted(text)
        )));
    };
    dns::check(&SIGNER_DOMAIN, domain)?;
    domain.split('.').try_for_each(|label| shape::check(&dns::LABEL, label))?;
    name.split('.').try_for_each(|part| dns::check(&dns::SUBDOMAIN, part))?;
    shape::check_length("the name of a signer", 571, text)
}

/// The resources of a container that need no prefix, besides `hugepages-<size>`.
const STANDARD: [&str; 3] = ["cpu", "memory", "ephemeral-storage"];

/// The standard resource that is meant, `mem` for `memory` included.
fn standard_like(text: &str) -> Option<&'static str> {
    let longer = STANDARD.into_iter().find(|name| text.len() >= 3 && name.starts_with(text));
    longer.or_else(|| suggest(text, STANDARD))
}

pub(super) fn check_resource_name(text: &str) -> Verdict {
    check_key("the name of a resource", text)?;
    if !text.contains('/') {
        if STANDARD.contains(&text) || text.starts_with("hugepages-") {
            return Ok(());
        }
        return Err(Violation::new(format!(
            "{} must be a standard resource for containers (`cpu`, `memory`, `ephemeral-storage`, `hugepages-<size>`) or have a domain before it, such as `example.com/gpu`",
            quoted(text)
        ))
        .fix(standard_like(text).map(str::to_owned)));
    }
    if text.contains("kubernetes.io/") {
        return Ok(());
    }
    // The quota of an extended resource is named `requests.` and its name.
    if text.starts_with("requests.") {
        return Err(Violation::new(format!(
            "{} starts with `requests.`, which only a quota does",
            quoted(text)
        ))
        .fix(text.strip_prefix("requests.").map(str::to_owned)));
    }
    check_key("the name of an extended resource", &format!("requests.{text}"))
}
