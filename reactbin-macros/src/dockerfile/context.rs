//! The build context: the directory that a Dockerfile copies from.

use std::path::PathBuf;

use super::paths::clean;

/// A build context.
#[derive(Debug)]
pub(crate) struct Context {
    directory: PathBuf,
}

/// What a source of a `COPY` is, with its path in the context; `.` for the context itself.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    File(String),
    Directory(String),
    Nothing(String),
    /// A pattern that isn't understood here.
    Unknown,
}

impl Context {
    pub(crate) fn new(directory: PathBuf) -> Context {
        Context { directory }
    }

    /// What a source is, or each of the things that its pattern stands for. `.dockerignore` isn't
    /// looked at.
    pub(super) fn find(&self, source: &str) -> Vec<Found> {
        let source = clean(source);
        if !source.contains(['*', '?', '[', '\\']) {
            return vec![self.kind(source)];
        }
        if source.contains(['[', '\\']) || source.contains("**") {
            return vec![Found::Unknown];
        }
        let mut matches = vec![String::new()];
        for part in source.split('/') {
            matches = matches.iter().flat_map(|parent| self.matches(parent, part)).collect();
        }
        matches.into_iter().map(|source| self.kind(source)).collect()
    }

    fn kind(&self, source: String) -> Found {
        let path = self.directory.join(&source);
        if source.is_empty() {
            Found::Directory(".".to_owned())
        } else if path.is_dir() {
            Found::Directory(source)
        } else if path.exists() {
            Found::File(source)
        } else {
            Found::Nothing(source)
        }
    }

    /// The entries of a directory whose names match, in order.
    fn matches(&self, parent: &str, pattern: &str) -> Vec<String> {
        let join = |name: &str| match parent {
            "" => name.to_owned(),
            parent => format!("{parent}/{name}"),
        };
        if !pattern.contains(['*', '?']) {
            let path = join(pattern);
            return if self.directory.join(&path).exists() { vec![path] } else { Vec::new() };
        }
        let entries = std::fs::read_dir(self.directory.join(parent)).into_iter().flatten();
        let mut names: Vec<String> = entries
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter(|name| is_match(pattern, name))
            .collect();
        names.sort();
        names.iter().map(|name| join(name)).collect()
    }
}

/// Whether a name matches a pattern with `*` and `?` in it.
fn is_match(pattern: &str, name: &str) -> bool {
    let mut pattern_rest = pattern.chars();
    match (pattern_rest.next(), name.chars().next()) {
        (None, first) => first.is_none(),
        (Some('*'), _) => {
            let ends = name.char_indices().map(|(at, _)| at).chain([name.len()]);
            ends.into_iter().any(|at| is_match(pattern_rest.as_str(), &name[at..]))
        }
        (Some(wanted), Some(first)) if wanted == '?' || wanted == first => {
            is_match(pattern_rest.as_str(), &name[first.len_utf8()..])
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_match;

    #[test]
    fn patterns_match_whole_names() {
        for (pattern, name, matches) in [
            ("*.ini", "alembic.ini", true),
            ("*.ini", "alembic.in", false),
            ("a*b*c", "axxbyyc", true),
            ("a*b*c", "axxc", false),
            ("?.txt", "é.txt", true),
            ("?.txt", "ab.txt", false),
            ("*", "", true),
            ("", "a", false),
        ] {
            assert_eq!(is_match(pattern, name), matches, "{pattern} {name}");
        }
    }
}
