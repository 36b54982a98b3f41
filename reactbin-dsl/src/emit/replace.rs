//! Changing files so that nobody ever sees half of one.
//!
//! Knows nothing of manifests or owners.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::error::EmitError;

/// A temporary file of this age belongs to a build that was killed.
pub(super) const ABANDONED: Duration = Duration::from_secs(60 * 60);

/// New content that waits in a temporary file beside its place.
#[derive(Debug)]
pub(super) struct Prepared {
    temporary: PathBuf,
    target: PathBuf,
}

/// Writes the content beside its place, in the folder where it will stand.
pub(super) fn prepare(
    target: PathBuf,
    bytes: &[u8],
    modified: Option<SystemTime>,
) -> Result<Prepared, EmitError> {
    let folder = target.parent().unwrap_or(Path::new(""));
    fs::create_dir_all(folder).map_err(|error| EmitError::Io {
        attempt: "create",
        path: folder.to_owned(),
        error,
    })?;
    let temporary = folder.join(temporary_name());
    write_new(&temporary, bytes, modified).map_err(|error| {
        let _ = fs::remove_file(&temporary);
        EmitError::Io { attempt: "write", path: target.clone(), error }
    })?;
    Ok(Prepared { temporary, target })
}

fn write_new(path: &Path, bytes: &[u8], modified: Option<SystemTime>) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    match modified {
        Some(modified) => file.set_modified(modified),
        None => Ok(()),
    }
}

impl Prepared {
    /// Puts the content in its place.
    pub(super) fn commit(self) -> Result<(), EmitError> {
        fs::rename(&self.temporary, &self.target).map_err(|error| {
            let _ = fs::remove_file(&self.temporary);
            EmitError::Io { attempt: "write", path: self.target, error }
        })
    }

    /// Leaves everything as it was.
    pub(super) fn discard(self) {
        // What can't be removed now is abandoned, and found by a later build.
        let _ = fs::remove_file(&self.temporary);
    }
}

/// Removes a file, and the folders that become empty by it, up to and without `dir`.
pub(super) fn remove(dir: &Path, path: &str) -> Result<(), EmitError> {
    let target = dir.join(path);
    match fs::remove_file(&target) {
        Ok(()) => {}
        // Another build was faster.
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(EmitError::Io { attempt: "remove", path: target, error }),
    }
    let mut folder = Path::new(path).parent();
    while let Some(name) = folder.filter(|name| !name.as_os_str().is_empty()) {
        // Fails where something is left in it, which is what we want.
        if fs::remove_dir(dir.join(name)).is_err() {
            break;
        }
        folder = name.parent();
    }
    Ok(())
}

/// A name that no other build takes. It starts with a dot and doesn't end in `.yaml`, so that
/// kubectl and yamllint pass over it.
fn temporary_name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!(".reactbin-{}-{}-{count}.tmp", now().as_secs(), std::process::id())
}

/// How old a file with this name is; `None` if it isn't one of our temporary files.
pub(super) fn age_of_temporary(file_name: &str) -> Option<Duration> {
    let numbers = file_name.strip_prefix(".reactbin-")?.strip_suffix(".tmp")?;
    let numbers: Vec<u64> = numbers.split('-').map(str::parse).collect::<Result<_, _>>().ok()?;
    match numbers[..] {
        [seconds, _process, _count] => Some(now().saturating_sub(Duration::from_secs(seconds))),
        _ => None,
    }
}

fn now() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn temporary_names_differ_and_are_known_again() {
        let (one, two) = (temporary_name(), temporary_name());
        assert_ne!(one, two);
        assert!(age_of_temporary(&one).is_some_and(|age| age < ABANDONED));
        assert!(age_of_temporary(".reactbin-1000-1-0.tmp").is_some_and(|age| age > ABANDONED));
        for other in [".reactbin-1-2.tmp", ".reactbin-1-2-x.tmp", "reactbin-1-2-3.tmp", "a.yaml"] {
            assert_eq!(age_of_temporary(other), None, "{other}");
        }
    }
}
