//! Names of devices' attributes, of pools, and of resources that devices stand for. Must not know
//! which field has them.

use super::shape::{self, Shape};
use super::words::lower_alnum;
use super::{Verdict, Violation, dns, key, label, quoted};

const ATTRIBUTE: Shape = Shape { what: "the name of an attribute", max: 32, ..key::C_IDENTIFIER };
const DOMAIN: Shape = Shape { what: "the domain of an attribute", max: 63, ..dns::CASELESS };

/// A C identifier, after the domain of whoever defines it or by itself.
pub(super) fn check_attribute(text: &str) -> Verdict {
    let Some((domain, name)) = text.split_once('/') else {
        return shape::check(&ATTRIBUTE, text);
    };
    dns::check(&DOMAIN, domain)?;
    shape::check(&ATTRIBUTE, name)
}

/// As above, where the domain can't be left out.
pub(super) fn check_full_attribute(text: &str) -> Verdict {
    check_attribute(text)?;
    if text.contains('/') {
        return Ok(());
    }
    Err(Violation::new(format!(
        "{} has no domain before it, such as `example.com/{text}`",
        quoted(text)
    )))
}

/// DNS subdomains with `/` between them.
pub(super) fn check_pool(text: &str) -> Verdict {
    for part in text.split('/') {
        dns::check(&dns::SUBDOMAIN, part)?;
    }
    shape::check_length("the name of a pool", 253, text)
}

/// A resource of nodes that isn't one of Kubernetes' own. Its quota is named `requests.` and its
/// name.
pub(super) fn check_extended_resource(text: &str) -> Verdict {
    const WHAT: &str = "the name of an extended resource";
    label::check_key(WHAT, text)?;
    if !text.contains('/') || text.contains("kubernetes.io/") || text.starts_with("requests.") {
        return Err(Violation::new(format!(
            "{} is a resource of Kubernetes' own, not an extended one",
            quoted(text)
        )));
    }
    label::check_key(WHAT, &format!("requests.{text}"))
}

/// Semantic versioning 2.0.0.
pub(super) fn check_version(text: &str) -> Verdict {
    let (rest, build) = match text.split_once('+') {
        Some((rest, build)) => (rest, Some(build)),
        None => (text, None),
    };
    let (core, before) = match rest.split_once('-') {
        Some((core, before)) => (core, Some(before)),
        None => (rest, None),
    };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let number = |part: &str| digits(part) && (part == "0" || !part.starts_with('0'));
    let word = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| lower_alnum(b.to_ascii_lowercase()) || b == b'-')
    };
    let good = core.split('.').count() == 3
        && core.split('.').all(number)
        && before.is_none_or(|text| {
            text.split('.').all(|part| word(part) && (number(part) || !digits(part)))
        })
        && build.is_none_or(|text| text.split('.').all(word));
    if good {
        return Ok(());
    }
    Err(Violation::new(format!("{} isn't a semantic version", quoted(text)))
        .fix(text.trim().trim_start_matches(['v', 'V']).to_owned()))
}
