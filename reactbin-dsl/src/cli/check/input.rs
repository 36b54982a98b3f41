//! The files that paths stand for.
//!
//! Must not know what is in them.

use std::fs;
use std::path::{Path, PathBuf};

/// What a path stands for: files in the order of their names, and what can't be read.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Inputs {
    pub(super) files: Vec<PathBuf>,
    pub(super) errors: Vec<String>,
    /// Directories without a manifest.
    pub(super) empty: Vec<PathBuf>,
}

impl Inputs {
    /// Lists files and directories. A file that is named is taken whatever it is called; `-` is
    /// standard input.
    pub(super) fn list(paths: &[PathBuf]) -> Inputs {
        let mut inputs = Inputs::default();
        for path in paths {
            if path != Path::new("-") && path.is_dir() {
                let before = inputs.files.len() + inputs.errors.len();
                inputs.walk(path);
                if inputs.files.len() + inputs.errors.len() == before {
                    inputs.empty.push(path.clone());
                }
            } else {
                inputs.files.push(path.clone());
            }
        }
        inputs
    }

    /// Lists a directory and those below it, but not what is hidden, nor directories behind links.
    fn walk(&mut self, dir: &Path) {
        let entries = fs::read_dir(dir).and_then(|entries| entries.collect::<Result<Vec<_>, _>>());
        let mut entries = match entries {
            Ok(entries) => entries,
            Err(error) => {
                return self.errors.push(format!("can't read `{}`: {error}", dir.display()));
            }
        };
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let path = entry.path();
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                continue;
            }
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => self.walk(&path),
                Ok(_) if is_manifest(&path) && path.is_file() => self.files.push(path),
                Ok(_) => {}
                Err(error) => self.errors.push(format!("can't read `{}`: {error}", path.display())),
            }
        }
    }
}

fn is_manifest(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| ["yaml", "yml", "json"].contains(&extension))
}
