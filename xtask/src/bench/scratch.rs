//! A folder of its own for every run: copies of the workspace, and `cargo` in them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::machine::processor_time;

/// A folder that is removed at the end.
#[derive(Debug)]
pub(super) struct Scratch {
    pub(super) dir: PathBuf,
}

impl Scratch {
    pub(super) fn new() -> Result<Scratch, String> {
        let dir = std::env::temp_dir().join(format!("reactbin-bench-{}", std::process::id()));
        fs::create_dir_all(&dir).map_err(|e| at(&dir, e))?;
        Ok(Scratch { dir })
    }

    /// A copy of the workspace, without what it was built into; made once.
    pub(super) fn workspace(&self) -> Result<PathBuf, String> {
        let copy = self.dir.join("workspace");
        if !copy.exists() {
            copy_dir(&crate::root(), &copy)?;
        }
        Ok(copy)
    }

    /// Another folder in it.
    pub(super) fn folder(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What can't be removed from a temporary folder may stay there.
        let _ = fs::remove_dir_all(&self.dir);
    }
}

pub(super) fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|e| at(path, e))
}

/// Writes a file and the folders above it.
pub(super) fn write(path: &Path, text: &str) -> Result<(), String> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(|e| at(parent, e))?;
    }
    fs::write(path, text).map_err(|e| at(path, e))
}

pub(super) fn remove_dir(path: &Path) -> Result<(), String> {
    if path.exists() { fs::remove_dir_all(path).map_err(|e| at(path, e)) } else { Ok(()) }
}

fn copy_dir(from: &Path, to: &Path) -> Result<(), String> {
    fs::create_dir_all(to).map_err(|e| at(to, e))?;
    for entry in fs::read_dir(from).map_err(|e| at(from, e))? {
        let entry = entry.map_err(|e| at(from, e))?;
        let name = entry.file_name();
        if name == "target" || name == ".git" {
            continue;
        }
        let (from, to) = (entry.path(), to.join(&name));
        if from.is_dir() {
            copy_dir(&from, &to)?;
        } else {
            fs::copy(&from, &to).map_err(|e| at(&from, e))?;
        }
    }
    Ok(())
}

/// `cargo` in a folder, as somebody who has only cloned it would run it: its own target folder,
/// nothing of this process's surroundings.
pub(super) fn cargo(dir: &Path, args: &[&str]) -> Command {
    let mut cargo = Command::new("cargo");
    cargo
        .args(args)
        .current_dir(dir)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    for (name, _) in std::env::vars_os() {
        let name_text = name.to_string_lossy();
        let own = matches!(&*name_text, "CARGO_HOME" | "CARGO_BUILD_JOBS");
        if !own
            && (name_text.starts_with("CARGO")
                || name_text.starts_with("RUST") && name_text != "RUSTUP_HOME")
        {
            cargo.env_remove(&name);
        }
    }
    // What is needed was fetched by `prepare`.
    cargo.env("CARGO_NET_OFFLINE", "true");
    cargo
}

/// Fetches what a workspace depends on, so that no measurement waits for the network.
pub(super) fn prepare(dir: &Path) -> Result<(), String> {
    let mut fetch = cargo(dir, &["fetch"]);
    fetch.env_remove("CARGO_NET_OFFLINE");
    run(fetch).map(|_| ())
}

/// Runs a command to its end and returns how long it took, by the clock.
pub(super) fn run(command: Command) -> Result<Duration, String> {
    run_costing(command).map(|cost| cost.clock)
}

/// How long a command took.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cost {
    pub(super) clock: Duration,
    /// On all processors together; zero where the system doesn't say.
    pub(super) processor: Duration,
}

/// Runs a command to its end.
pub(super) fn run_costing(mut command: Command) -> Result<Cost, String> {
    let before = processor_time();
    let start = Instant::now();
    let child = command.spawn().map_err(|e| format!("can't run {command:?}: {e}"))?;
    finish(child, &command)?;
    let clock = start.elapsed();
    let processor =
        processor_time().zip(before).map(|(after, before)| after.saturating_sub(before));
    Ok(Cost { clock, processor: processor.unwrap_or_default() })
}

/// Waits for a command to end well.
pub(super) fn finish(child: Child, command: &Command) -> Result<(), String> {
    let output = child.wait_with_output().map_err(|e| format!("can't run {command:?}: {e}"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("{command:?} failed:\n{}", String::from_utf8_lossy(&output.stderr)))
}

/// How long a command took until a file had other bytes, and until it returned.
pub(super) fn run_until_changed(
    mut command: Command,
    file: &Path,
) -> Result<(Duration, Duration), String> {
    let before = read(file)?;
    let start = Instant::now();
    let mut child = command.spawn().map_err(|e| format!("can't run {command:?}: {e}"))?;
    let mut changed = None;
    loop {
        let ended =
            child.try_wait().map_err(|e| format!("can't wait for {command:?}: {e}"))?.is_some();
        if changed.is_none() && read(file).is_ok_and(|now| now != before) {
            changed = Some(start.elapsed());
        }
        if ended {
            break;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    let ended = start.elapsed();
    finish(child, &command)?;
    let changed = changed.ok_or_else(|| format!("{} has not changed", file.display()))?;
    Ok((changed, ended))
}

pub(super) fn at(path: &Path, error: impl std::fmt::Display) -> String {
    format!("{}: {error}", path.display())
}
