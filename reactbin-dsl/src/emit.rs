//! Bringing a directory in line with what is declared, touching nothing else.
//!
//! Must not know what is in the files, nor of cargo.

mod error;
mod marker;
mod replace;
mod scan;
mod stamp;

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::app::Manifest;

pub use error::{Difference, DifferenceKind, EmitError, WhyCompared};
pub use marker::{Act, Marker};
pub use stamp::Stamp;

/// Whether a directory is written or compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Write what differs.
    Write,
    /// Write nothing; what differs is an error.
    Check,
}

/// All that a directory should hold.
#[derive(Clone, Copy, Debug)]
pub struct Emission<'a> {
    /// The directory; it is created when it isn't there.
    pub dir: &'a Path,
    /// The files.
    pub files: &'a [Manifest],
    /// Whose they are, and how that is said.
    pub marker: Marker<'a>,
    /// Whether to write.
    pub mode: Mode,
    /// What was written the last time, as far as it is known.
    pub last: &'a Stamp,
    /// The time of modification that files get, in whole seconds; `None` for the present.
    ///
    /// A time of whole seconds also marks a file as a build's own writing: the clock of an editor
    /// practically never gives one. So builds with another target directory, which have another
    /// stamp, aren't mistaken for somebody's edits.
    pub modified: Option<SystemTime>,
}

/// What an emission did. All paths are relative to the directory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Files that are new, or that the declarations have left behind.
    pub written: Vec<String>,
    /// Files that somebody else had changed, and that are as declared again.
    pub restored: Vec<String>,
    /// Files that differed, of which this build doesn't know whether somebody changed them: those of a
    /// fresh checkout.
    pub replaced: Vec<String>,
    /// Files that are no longer declared.
    pub removed: Vec<String>,
    /// How many files were right.
    pub unchanged: usize,
    /// What the directory holds now.
    pub stamp: Stamp,
}

/// Makes the directory hold the files, or tells how it differs.
///
/// A file is written only if its bytes differ, and is never seen half-written. Files with the
/// marker that are not declared are removed; all others are left alone. When one of those stands at
/// a declared path, nothing is written and it is the error. When anything is read-only that would
/// have to change, nothing is written and the differences are the error.
pub fn sync(emission: &Emission) -> Result<Outcome, EmitError> {
    let plan = plan(emission)?;
    if plan.writes.is_empty() && plan.removals.is_empty() {
        return Ok(finish(plan));
    }
    if emission.mode == Mode::Check {
        return Err(plan.differs(emission, WhyCompared::Asked));
    }
    if let Some(path) = plan.read_only(emission) {
        return Err(plan.differs(emission, WhyCompared::ReadOnly(path)));
    }
    match apply(&plan, emission) {
        Ok(()) => Ok(finish(plan)),
        Err(EmitError::Io { path, error, .. })
            if matches!(
                error.kind(),
                ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem
            ) =>
        {
            Err(plan.differs(emission, WhyCompared::ReadOnly(path)))
        }
        Err(error) => Err(error),
    }
}

/// The files in a directory that aren't the marker's owner's. A directory that doesn't exist has
/// none.
pub fn foreign_files(dir: &Path, marker: Marker) -> Result<Vec<String>, EmitError> {
    Ok(scan::scan(dir, marker)?.foreign)
}

/// What has to change.
#[derive(Debug, Default)]
struct Plan {
    writes: Vec<Write>,
    removals: Vec<String>,
    abandoned: Vec<PathBuf>,
    unchanged: usize,
    stamp: Stamp,
}

#[derive(Debug)]
struct Write {
    path: String,
    text: String,
    before: Before,
}

/// What stands at the place of a file.
#[derive(Debug, PartialEq, Eq)]
enum Before {
    Nothing,
    /// What the declarations were.
    Outdated(Vec<u8>),
    /// What somebody else wrote.
    Edited(Vec<u8>),
    /// What may be either.
    Unknown(Vec<u8>),
}

fn plan(emission: &Emission) -> Result<Plan, EmitError> {
    let scan = scan::scan(emission.dir, emission.marker)?;
    let mut plan = Plan { abandoned: scan.abandoned, ..Plan::default() };
    let mut in_the_way = Vec::new();
    for file in emission.files {
        if !is_inside(&file.path) {
            return Err(EmitError::OutsidePath { path: file.path.clone() });
        }
        let text = marked(file, emission.marker);
        plan.stamp.note(&file.path, text.as_bytes());
        match look(emission, file, &text)? {
            Place::Right => plan.unchanged += 1,
            Place::Wrong(before) => {
                plan.writes.push(Write { path: file.path.clone(), text, before });
            }
            Place::Taken { path, by } => in_the_way.push((path, by)),
        }
    }
    if !in_the_way.is_empty() {
        return Err(EmitError::InTheWay { places: in_the_way });
    }
    let declared: BTreeSet<&str> = emission.files.iter().map(|file| file.path.as_str()).collect();
    plan.removals = scan.ours;
    plan.removals.retain(|path| !declared.contains(path.as_str()));
    Ok(plan)
}

fn is_inside(path: &str) -> bool {
    let mut components = Path::new(path).components();
    !path.is_empty()
        && !path.contains('\\')
        && !path.ends_with('/')
        && components.all(|component| matches!(component, Component::Normal(_)))
}

/// The content with its first line. A comment that follows is a paragraph of its own.
fn marked(file: &Manifest, marker: Marker) -> String {
    let line = marker.line(&file.module);
    let gap = if file.text.starts_with('#') { "\n" } else { "" };
    format!("{line}\n{gap}{}", file.text)
}

/// How the place of a file looks.
enum Place {
    Right,
    Wrong(Before),
    Taken { path: PathBuf, by: String },
}

fn look(emission: &Emission, file: &Manifest, text: &str) -> Result<Place, EmitError> {
    if let Some(taken) = look_above(emission.dir, &file.path)? {
        return Ok(taken);
    }
    let path = emission.dir.join(&file.path);
    let metadata = match fs::symlink_metadata(&path) {
        Ok(metadata) => metadata,
        Err(error) if is_nothing(&error) => return Ok(Place::Wrong(Before::Nothing)),
        Err(error) => return Err(EmitError::Io { attempt: "read", path, error }),
    };
    if metadata.is_dir() {
        return Ok(Place::Taken { path, by: "a folder".to_owned() });
    }
    // What never was a build's is somebody's work, and may be the only copy of it.
    let known = emission.last.knows(&file.path);
    if !metadata.is_file() {
        if !known {
            let by = if metadata.is_symlink() { "a symbolic link" } else { "a special file" };
            return Ok(Place::Taken { path, by: by.to_owned() });
        }
        // A link is replaced, not what it leads to.
        return Ok(Place::Wrong(Before::Edited(Vec::new())));
    }
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if is_nothing(&error) => return Ok(Place::Wrong(Before::Nothing)),
        Err(error) => return Err(EmitError::Io { attempt: "read", path, error }),
    };
    if bytes == text.as_bytes() {
        return Ok(Place::Right);
    }
    let first_line = scan::first_line(&bytes);
    match marker::owner(&first_line) {
        Some(owner) if owner != emission.marker.owner => {
            return Ok(Place::Taken { path, by: format!("a file of crate `{owner}`") });
        }
        None if !known => {
            return Ok(Place::Taken {
                path,
                by: "a file without reactbin's first line".to_owned(),
            });
        }
        _ => {}
    }
    let by_a_build = emission.last.holds(&file.path, &bytes)
        || (emission.marker.is_on(&first_line) && metadata.modified().is_ok_and(is_whole_second));
    Ok(Place::Wrong(match (by_a_build, known) {
        (true, _) => Before::Outdated(bytes),
        (false, true) => Before::Edited(bytes),
        (false, false) => Before::Unknown(bytes),
    }))
}

/// Whether a folder above the file can't be one.
fn look_above(dir: &Path, path: &str) -> Result<Option<Place>, EmitError> {
    let folders = Path::new(path).ancestors().skip(1).filter(|path| !path.as_os_str().is_empty());
    for folder in folders {
        let path = dir.join(folder);
        let by = match fs::symlink_metadata(&path) {
            Ok(metadata) if metadata.is_dir() => continue,
            Ok(metadata) if metadata.is_symlink() => "a symbolic link",
            Ok(_) => "a file",
            Err(error) if is_nothing(&error) => continue,
            Err(error) => return Err(EmitError::Io { attempt: "read", path, error }),
        };
        return Ok(Some(Place::Taken { path, by: by.to_owned() }));
    }
    Ok(None)
}

fn is_nothing(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

fn is_whole_second(time: SystemTime) -> bool {
    time.duration_since(UNIX_EPOCH).is_ok_and(|since| since.subsec_nanos() == 0)
}

impl Plan {
    /// The first thing that would have to change and says that it may not.
    ///
    /// The permission bits are asked, because root is never refused.
    fn read_only(&self, emission: &Emission) -> Option<PathBuf> {
        let writes = self.writes.iter().map(|write| &write.path);
        writes.chain(&self.removals).find_map(|path| {
            let path = emission.dir.join(path);
            let folder = path.ancestors().skip(1).find(|folder| folder.is_dir());
            [Some(path.as_path()), folder].into_iter().flatten().find_map(|path| {
                let permissions = fs::symlink_metadata(path).ok()?.permissions();
                permissions.readonly().then(|| path.to_owned())
            })
        })
    }

    fn differs(self, emission: &Emission, why: WhyCompared) -> EmitError {
        let difference = |write: Write| {
            let kind = match write.before {
                Before::Nothing => DifferenceKind::Missing,
                Before::Outdated(is) | Before::Edited(is) | Before::Unknown(is) => {
                    DifferenceKind::of_content(&is, &write.text)
                }
            };
            Difference { path: write.path, kind }
        };
        let undeclared = |path| Difference { path, kind: DifferenceKind::Undeclared };
        let writes = self.writes.into_iter().map(difference);
        let mut differences: Vec<_> =
            writes.chain(self.removals.into_iter().map(undeclared)).collect();
        differences.sort_by(|a, b| a.path.cmp(&b.path));
        let (dir, act) = (emission.dir.to_owned(), emission.marker.act);
        EmitError::Differs { dir, act, why, differences }
    }
}

/// First all new content beside its place, so that a full disk or a missing right changes nothing.
fn apply(plan: &Plan, emission: &Emission) -> Result<(), EmitError> {
    let mut prepared = Vec::with_capacity(plan.writes.len());
    for write in &plan.writes {
        let target = emission.dir.join(&write.path);
        match replace::prepare(target, write.text.as_bytes(), emission.modified) {
            Ok(one) => prepared.push(one),
            Err(error) => {
                prepared.into_iter().for_each(replace::Prepared::discard);
                return Err(error);
            }
        }
    }
    for one in prepared {
        one.commit()?;
    }
    for path in &plan.removals {
        replace::remove(emission.dir, path)?;
    }
    for path in &plan.abandoned {
        // Nobody's loss if it stays.
        let _ = fs::remove_file(path);
    }
    Ok(())
}

fn finish(plan: Plan) -> Outcome {
    let mut outcome = Outcome {
        removed: plan.removals,
        unchanged: plan.unchanged,
        stamp: plan.stamp,
        ..Outcome::default()
    };
    for write in plan.writes {
        match write.before {
            Before::Edited(_) => outcome.restored.push(write.path),
            Before::Unknown(_) => outcome.replaced.push(write.path),
            Before::Nothing | Before::Outdated(_) => outcome.written.push(write.path),
        }
    }
    outcome
}

#[cfg(test)]
mod tests;
