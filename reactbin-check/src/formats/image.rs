//! Image references, by the grammar that container runtimes share (the `reference` package of
//! the distribution project, with Docker's way of telling a registry from a repository).

use super::words::{character, first_not, lower_alnum, quoted};
use super::{Verdict, Violation};

/// The parts of an image reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImageReference<'a> {
    /// The registry's host and port; absent where the runtime's default is meant.
    pub registry: Option<&'a str>,
    /// The path in the registry: `minio/mc`.
    pub repository: &'a str,
    /// The tag.
    pub tag: Option<&'a str>,
    /// The digest, with its algorithm: `sha256:…`.
    pub digest: Option<&'a str>,
}

/// Takes an image reference apart.
pub fn parse(text: &str) -> Result<ImageReference<'_>, Violation> {
    if text.is_empty() {
        return Err(Violation::new("an image can't be empty"));
    }
    if let Some((at, c)) = text.chars().enumerate().find(|(_, c)| c.is_whitespace()) {
        let trimmed = text.trim();
        let message = format!(
            "{} has {} at position {}, which an image can't have",
            quoted(text),
            character(c),
            at + 1
        );
        return Err(Violation::new(message).fix(trimmed.to_owned()));
    }
    if let Some((_, rest)) = text.split_once("://") {
        return Err(Violation::new(format!(
            "{} is a URL, and an image has no scheme",
            quoted(text)
        ))
        .fix(rest.to_owned()));
    }
    let parts = split(text);
    check_repository(text, &parts)?;
    if let Some(registry) = parts.registry {
        check_registry(text, registry)?;
    }
    if let Some(tag) = parts.tag {
        check_tag(text, tag)?;
    }
    if let Some(digest) = parts.digest {
        check_digest(text, digest)?;
    }
    Ok(parts)
}

/// The parts by their separators alone.
fn split(text: &str) -> ImageReference<'_> {
    let (rest, digest) = match text.split_once('@') {
        Some((rest, digest)) => (rest, Some(digest)),
        None => (text, None),
    };
    // A colon before the last slash is that of a registry's port.
    let (name, tag) = match rest.rsplit_once(':') {
        Some((name, tag)) if !tag.contains('/') => (name, Some(tag)),
        _ => (rest, None),
    };
    let (registry, repository) = match name.split_once('/') {
        Some((host, path)) if host.contains(['.', ':']) || host == "localhost" => {
            (Some(host), path)
        }
        _ => (None, name),
    };
    ImageReference { registry, repository, tag, digest }
}

fn check_registry(text: &str, registry: &str) -> Verdict {
    let label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let (host, port) = match registry.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (registry, None),
    };
    let host_is_good = match host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(v6) => v6.parse::<std::net::Ipv6Addr>().is_ok(),
        None => host.split('.').all(label),
    };
    if !host_is_good {
        return Err(Violation::new(format!(
            "{} has {} for a registry, which isn't a host",
            quoted(text),
            quoted(host)
        )));
    }
    match port {
        Some(port) if port.is_empty() || !port.bytes().all(|b| b.is_ascii_digit()) => {
            Err(Violation::new(format!(
                "{} has {} for the port of its registry, which isn't a number",
                quoted(text),
                quoted(port)
            )))
        }
        _ => Ok(()),
    }
}

fn check_repository(text: &str, parts: &ImageReference<'_>) -> Verdict {
    let repository = parts.repository;
    if repository.is_empty() {
        return Err(Violation::new(format!("{} has no repository", quoted(text))));
    }
    let allowed = |b| lower_alnum(b) || matches!(b, b'.' | b'_' | b'-' | b'/');
    if let Some((_, c)) = first_not(repository, allowed) {
        let message = format!(
            "{} has {} in its repository, which has only lower-case letters, digits, `.`, `_`, `-` and `/`",
            quoted(text),
            character(c)
        );
        return Err(Violation::new(message).fix(lower_case(text, repository)));
    }
    for component in repository.split('/') {
        check_component(text, component)?;
    }
    let name = parts.registry.map_or(0, |registry| registry.len() + 1) + repository.len();
    if name > 255 {
        let mut violation = Violation::new(format!(
            "{} has a name of {name} characters, and an image's has at most 255",
            quoted(text)
        ));
        violation.too_long = true;
        return Err(violation);
    }
    if parts.registry.is_none()
        && repository.len() == 64
        && repository.bytes().all(|b| b.is_ascii_hexdigit())
    {
        return Err(Violation::new(format!(
            "{} is an image's id, which can't be pulled",
            quoted(text)
        )));
    }
    Ok(())
}

/// `[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*`, of the right characters already.
fn check_component(text: &str, component: &str) -> Verdict {
    if component.is_empty() {
        return Err(Violation::new(format!("{} has nothing on one side of a `/`", quoted(text)))
            .fix(text.replace("//", "/").trim_matches('/').to_owned()));
    }
    let good = |gap: &str| matches!(gap, "." | "_" | "__") || gap.bytes().all(|b| b == b'-');
    let mut gaps =
        component.split(|c: char| c.is_ascii_alphanumeric()).filter(|gap| !gap.is_empty());
    let ends = component.bytes().next().is_some_and(lower_alnum)
        && component.bytes().last().is_some_and(lower_alnum);
    match gaps.find(|gap| !ends || !good(gap)) {
        None => Ok(()),
        Some(gap) => Err(Violation::new(format!(
            "{} has {} {} in its repository, where each `.`, `_`, `__` or run of `-` stands between letters or digits",
            quoted(text),
            quoted(gap),
            if ends { "inside a part" } else { "at an end of a part" }
        ))),
    }
}

fn check_tag(text: &str, tag: &str) -> Verdict {
    if tag.is_empty() {
        return Err(Violation::new(format!("{} has nothing after its `:`", quoted(text)))
            .fix(text.strip_suffix(':').map(str::to_owned)));
    }
    let word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-');
    if let Some((_, c)) = first_not(tag, allowed) {
        return Err(Violation::new(format!(
            "{} has {} in its tag, which has only letters, digits, `_`, `.` and `-`",
            quoted(text),
            character(c)
        )));
    }
    if !tag.bytes().next().is_some_and(word) {
        return Err(Violation::new(format!(
            "{} has a tag that starts with neither letter, digit nor `_`",
            quoted(text)
        )));
    }
    super::shape::check_length("an image's tag", 128, tag)
}

fn check_digest(text: &str, digest: &str) -> Verdict {
    let digits = match digest.split_once(':') {
        Some(("sha256", hex)) => Some((hex, 64)),
        Some(("sha384", hex)) => Some((hex, 96)),
        Some(("sha512", hex)) => Some((hex, 128)),
        _ => None,
    };
    let Some((hex, length)) = digits else {
        return Err(Violation::new(format!(
            "{} must have `sha256:` and 64 hexadecimal digits after its `@`",
            quoted(text)
        )));
    };
    if hex.len() == length && hex.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    {
        return Ok(());
    }
    Err(Violation::new(format!(
        "{} must have {length} lower-case hexadecimal digits in its digest, and has {} characters there",
        quoted(text),
        hex.chars().count()
    ))
    .fix(lower_case(text, hex)))
}

/// `text` with `part`, a slice of it, in lower case.
fn lower_case(text: &str, part: &str) -> Option<String> {
    let (before, after) = text.split_once(part)?;
    Some(format!("{before}{}{after}", part.to_ascii_lowercase()))
}
