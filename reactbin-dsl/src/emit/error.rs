//! Why a directory could not be brought in line, in words that help.
//!
//! Must not touch the file system.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::marker::Act;

/// Why a directory is not what the manifests say.
#[derive(Debug)]
pub enum EmitError {
    /// The operating system refused something.
    Io {
        /// What was attempted: `write`, `remove`.
        attempt: &'static str,
        /// On what.
        path: PathBuf,
        /// What it said.
        error: io::Error,
    },
    /// A declared path that isn't a plain relative one inside the directory.
    OutsidePath {
        /// The path, as declared.
        path: String,
    },
    /// What no emission may replace stands at declared paths.
    InTheWay {
        /// Each path, and what stands there: "a symbolic link".
        places: Vec<(PathBuf, String)>,
    },
    /// The directory may only be compared, and it differs.
    Differs {
        /// The directory.
        dir: PathBuf,
        /// What would have written it.
        act: Act,
        /// Why nothing is written.
        why: WhyCompared,
        /// All that is different, by path.
        differences: Vec<Difference>,
    },
}

/// Why a directory is compared instead of written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhyCompared {
    /// The caller wants it so.
    Asked,
    /// This path is read-only.
    ReadOnly(PathBuf),
}

/// One file that isn't as declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The file, relative to the directory.
    pub path: String,
    /// How it differs.
    pub kind: DifferenceKind,
}

/// How a file differs from what is declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DifferenceKind {
    /// Declared, and not there.
    Missing,
    /// There, and no longer declared.
    Undeclared,
    /// There, with other content.
    Content {
        /// The first line that differs, from 1.
        line: usize,
        /// The line as it is; `None` behind the end.
        is: Option<String>,
        /// The line as declared; `None` behind the end.
        declared: Option<String>,
    },
}

impl DifferenceKind {
    /// The first difference between what is there and what is declared.
    pub(crate) fn of_content(is: &[u8], declared: &str) -> DifferenceKind {
        let is = String::from_utf8_lossy(is);
        // Not `lines()`, which doesn't tell a last line with an end from one without.
        let mut is = is.split('\n').map(str::to_owned);
        let mut declared = declared.split('\n').map(str::to_owned);
        let mut line = 0;
        loop {
            line += 1;
            match (is.next(), declared.next()) {
                (Some(a), Some(b)) if a == b => {}
                (is, declared) => return DifferenceKind::Content { line, is, declared },
            }
        }
    }
}

impl fmt::Display for EmitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EmitError::Io { attempt, path, error } => {
                write!(f, "can't {attempt} `{}`: {error}", path.display())
            }
            EmitError::OutsidePath { path } => {
                write!(f, "`{path}` isn't a path inside the output directory")?;
                write!(f, "\n  help: write it relative, with `/` and without `.` and `..`")
            }
            EmitError::InTheWay { places } => {
                write!(f, "what others put at declared paths is in the way; nothing is written")?;
                for (path, what) in places {
                    write!(f, "\n  {}: {what}", path.display())?;
                }
                write!(
                    f,
                    "\n  help: move it away or delete it, or give the declaration another `file:`"
                )
            }
            EmitError::Differs { dir, act, why, differences } => {
                fmt_differences(f, dir, why, differences)?;
                write!(f, "\n  help: {}", remedy(*act, why))
            }
        }
    }
}

fn fmt_differences(
    f: &mut fmt::Formatter<'_>,
    dir: &Path,
    why: &WhyCompared,
    differences: &[Difference],
) -> fmt::Result {
    write!(f, "`{}` isn't what the manifests say, and ", dir.display())?;
    match why {
        WhyCompared::Asked => write!(f, "is only compared")?,
        WhyCompared::ReadOnly(path) => write!(f, "`{}` is read-only", path.display())?,
    }
    for Difference { path, kind } in differences {
        let path = dir.join(path);
        let path = path.display();
        match kind {
            DifferenceKind::Missing => write!(f, "\n  missing: {path}")?,
            DifferenceKind::Undeclared => write!(f, "\n  no longer declared: {path}")?,
            DifferenceKind::Content { line, is, declared } => {
                write!(f, "\n  differs: {path}, line {line}")?;
                write!(f, "\n    is:       {}", shown(is))?;
                write!(f, "\n    declared: {}", shown(declared))?;
            }
        }
    }
    Ok(())
}

fn remedy(act: Act, why: &WhyCompared) -> &'static str {
    match (act, why) {
        (Act::Build, WhyCompared::Asked) => {
            "run `cargo build` without `REACTBIN_EMIT=check`, and commit the result"
        }
        (Act::Build, WhyCompared::ReadOnly(_)) => {
            "run `cargo build` where it may be written, and commit the result"
        }
        (Act::Render, _) => "give `--out` a directory that may be written",
    }
}

fn shown(line: &Option<String>) -> String {
    match line {
        // Escaped: a trailing blank or a carriage return can be the whole difference.
        Some(line) if line.trim_end() != line => format!("{line:?}"),
        Some(line) => line.clone(),
        None => "(the end of the file)".to_owned(),
    }
}

impl std::error::Error for EmitError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            EmitError::Io { error, .. } => Some(error),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_different_line_is_named() {
        let content = |is: &str, declared| DifferenceKind::of_content(is.as_bytes(), declared);
        let expected = |line, is: Option<&str>, declared: Option<&str>| DifferenceKind::Content {
            line,
            is: is.map(str::to_owned),
            declared: declared.map(str::to_owned),
        };
        assert_eq!(content("a\nb\n", "a\nc\n"), expected(2, Some("b"), Some("c")));
        assert_eq!(content("a\n", "a\nc\n"), expected(2, Some(""), Some("c")));
        assert_eq!(content("a", "a\n"), expected(2, None, Some("")));
        assert_eq!(content("a\r\n", "a\n"), expected(1, Some("a\r"), Some("a")));
    }

    #[test]
    fn all_differences_are_listed() {
        let difference = |path: &str, kind| Difference { path: path.to_owned(), kind };
        let error = EmitError::Differs {
            dir: "k8s".into(),
            act: Act::Build,
            why: WhyCompared::ReadOnly("k8s/api".into()),
            differences: vec![
                difference("a.yaml", DifferenceKind::Missing),
                difference("b.yaml", DifferenceKind::of_content(b"x: 2 ", "x: 1")),
                difference("c.yaml", DifferenceKind::Undeclared),
            ],
        };
        let expected = "\
`k8s` isn't what the manifests say, and `k8s/api` is read-only
  missing: k8s/a.yaml
  differs: k8s/b.yaml, line 1
    is:       \"x: 2 \"
    declared: x: 1
  no longer declared: k8s/c.yaml
  help: run `cargo build` where it may be written, and commit the result";
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn the_help_is_for_what_was_asked() {
        let help = |act, why| {
            let error = EmitError::Differs { dir: "d".into(), act, why, differences: Vec::new() };
            error.to_string().lines().last().unwrap().to_owned()
        };
        let checked =
            "  help: run `cargo build` without `REACTBIN_EMIT=check`, and commit the result";
        assert_eq!(help(Act::Build, WhyCompared::Asked), checked);
        let rendered = "  help: give `--out` a directory that may be written";
        assert_eq!(help(Act::Render, WhyCompared::ReadOnly("d".into())), rendered);
    }
}
