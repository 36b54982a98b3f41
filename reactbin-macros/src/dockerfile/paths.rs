//! Paths in an image: absolute, with `/`, without `.` and `..`.

/// A path as seen from a directory; `None` if it is relative and the directory isn't known, or if
/// it is one of Windows.
pub(super) fn join(directory: Option<&str>, path: &str) -> Option<String> {
    if path.contains('\\') || path.as_bytes().get(1) == Some(&b':') {
        return None;
    }
    let start = if path.starts_with('/') { "" } else { directory? };
    Some(format!("/{}", clean(&format!("{start}/{path}"))))
}

/// A path without `.`, `..` and needless `/`, and without the one in front. What leads out of the
/// root stays in it, as in a build.
pub(super) fn clean(path: &str) -> String {
    let mut parts = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The last part of a path.
pub(super) fn base_name(path: &str) -> &str {
    path.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
}

/// Whether a path is something in this directory.
pub(super) fn is_below(path: &str, directory: &str) -> bool {
    path.strip_prefix(directory.trim_end_matches('/'))
        .is_some_and(|rest| rest.starts_with('/') && rest.len() > 1)
}
