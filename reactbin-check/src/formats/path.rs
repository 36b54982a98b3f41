//! Paths in file systems and URLs. Must not know what they lead to.

use super::{Verdict, Violation, quoted};

pub(super) fn check_relative(text: &str) -> Verdict {
    if text.starts_with('/') {
        return Err(Violation::new(format!(
            "{} must be a relative path: it starts with `/`",
            quoted(text)
        ))
        .fix(text.trim_start_matches('/').to_owned()));
    }
    check_no_backsteps(text)
}

pub(super) fn check_projected(text: &str) -> Verdict {
    check_relative(text)?;
    if text.starts_with("..") {
        return Err(Violation::new(format!("{} must not start with `..`", quoted(text)))
            .fix(text.trim_start_matches('.').to_owned()));
    }
    Ok(())
}

pub(super) fn check_no_backsteps(text: &str) -> Verdict {
    if text.split('/').any(|part| part == "..") {
        return Err(Violation::new(format!("{} must not contain `..`", quoted(text))));
    }
    Ok(())
}

pub(super) fn check_absolute(text: &str) -> Verdict {
    if text.starts_with('/') {
        return Ok(());
    }
    Err(Violation::new(format!(
        "{} must be an absolute path: one that starts with `/`",
        quoted(text)
    ))
    .fix(format!("/{}", text.trim_start_matches("./"))))
}

pub(super) fn check_ingress(text: &str) -> Verdict {
    check_absolute(text)?;
    if let Some(bad) =
        ["//", "/./", "/../", "%2f", "%2F"].into_iter().find(|bad| text.contains(bad))
    {
        return Err(Violation::new(format!("{} must not contain `{bad}`", quoted(text)))
            .fix(text.replace("//", "/")));
    }
    if let Some(bad) = ["/..", "/."].into_iter().find(|bad| text.ends_with(bad)) {
        return Err(Violation::new(format!("{} cannot end with `{bad}`", quoted(text))));
    }
    Ok(())
}
