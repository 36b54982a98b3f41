//! What is in a directory, and whose it is.
//!
//! Only looks; symbolic links are not followed.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::error::EmitError;
use super::marker::Marker;
use super::replace;

/// The files below a directory.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// Files with the owner's marker, relative and with `/`.
    pub(super) ours: Vec<String>,
    /// All others.
    pub(super) foreign: Vec<String>,
    /// Temporary files that builds left behind when they were killed.
    pub(super) abandoned: Vec<PathBuf>,
}

/// Lists a directory; one that doesn't exist is empty.
pub(super) fn scan(dir: &Path, marker: Marker) -> Result<Scan, EmitError> {
    let mut found = Scan::default();
    scan_folder(dir, "", marker, &mut found)?;
    found.ours.sort();
    found.foreign.sort();
    Ok(found)
}

fn scan_folder(
    dir: &Path,
    prefix: &str,
    marker: Marker,
    found: &mut Scan,
) -> Result<(), EmitError> {
    let failed = |error| EmitError::Io { attempt: "list", path: dir.to_owned(), error };
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if is_elsewhere(&error) => return Ok(()),
        Err(error) => return Err(failed(error)),
    };
    for entry in entries {
        let entry = entry.map_err(failed)?;
        let path = entry.path();
        let file_name = entry.file_name();
        let relative = format!("{prefix}{}", file_name.to_string_lossy());
        let Ok(file_type) = entry.file_type() else { continue };
        if file_type.is_dir() {
            scan_folder(&path, &format!("{relative}/"), marker, found)?;
        } else if let Some(age) = file_name.to_str().and_then(replace::age_of_temporary) {
            if age > replace::ABANDONED {
                found.abandoned.push(path);
            }
        } else if file_type.is_file()
            && file_name.to_str().is_some()
            && marker.is_on(&first_line_of(&path)?)
        {
            found.ours.push(relative);
        } else {
            found.foreign.push(relative);
        }
    }
    Ok(())
}

/// Gone meanwhile, or closed to us: somebody else's business in either case.
fn is_elsewhere(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::PermissionDenied)
}

fn first_line_of(path: &Path) -> Result<String, EmitError> {
    // More than any marker: owners are names of crates or of Kubernetes objects.
    let mut head = Vec::with_capacity(512);
    match File::open(path).and_then(|file| file.take(512).read_to_end(&mut head)) {
        Ok(_) => Ok(first_line(&head)),
        Err(error) if is_elsewhere(&error) => Ok(String::new()),
        Err(error) => Err(EmitError::Io { attempt: "read", path: path.to_owned(), error }),
    }
}

/// The first line of a file, as far as it is text.
pub(super) fn first_line(bytes: &[u8]) -> String {
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    String::from_utf8_lossy(line).into_owned()
}
