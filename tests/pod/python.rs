//! A virtual environment with what the image installs; or why there is none.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The oldest Python that the service runs on, and how to ask one whether it is that old.
const IS_NEW_ENOUGH: &str = "import sys; print(sys.version); sys.exit(sys.version_info < (3, 11))";

/// An environment in which these requirements are installed. Only the first call takes its time,
/// and it finds what an earlier run has left, if neither requirements nor Python have changed.
///
/// `None` where there is no Python of 3.11 or newer, or pip can install nothing: a line says so.
/// With `CI` set, pip that fails is a failure.
pub(crate) fn environment(requirements: &Path, wanted: &str) -> Option<&'static Path> {
    static ENVIRONMENT: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    match ENVIRONMENT.get_or_init(|| make(requirements, wanted)) {
        Ok(environment) => Some(environment),
        Err(why) => {
            println!("skipped the pod of the API: {why}");
            None
        }
    }
}

fn make(requirements: &Path, wanted: &str) -> Result<PathBuf, String> {
    let (python, version) = find(wanted).ok_or("there is no Python 3.11 or newer")?;
    let environment = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pod/python");
    let stamp = environment.join("installed");
    let content = format!("{version}{}", fs::read_to_string(requirements).unwrap());
    if fs::read_to_string(&stamp).is_ok_and(|found| found == content) {
        return Ok(environment);
    }
    let venv = Command::new(&python).args(["-m", "venv", "--clear"]).arg(&environment).output();
    let pip = Command::new(environment.join("bin/python"))
        // Wheels only, as in the image, which has no compiler.
        .args(["-m", "pip", "install", "--quiet", "--no-input", "--only-binary=:all:"])
        .args(["--disable-pip-version-check", "-r"])
        .arg(requirements)
        .output();
    for output in [venv, pip] {
        let failure = match output {
            Ok(output) if output.status.success() => continue,
            Ok(output) => String::from_utf8_lossy(&output.stderr).trim().to_owned(),
            Err(error) => error.to_string(),
        };
        let failure = format!("{python} can't install {}: {failure}", requirements.display());
        assert!(env::var_os("CI").is_none(), "{failure}");
        return Err(failure);
    }
    fs::write(stamp, content).unwrap();
    Ok(environment)
}

/// The Python of the image, or any that is new enough; its name and what it says of its version.
fn find(wanted: &str) -> Option<(String, String)> {
    [format!("python{wanted}"), "python3".to_owned()].into_iter().find_map(|python| {
        let output = Command::new(&python).args(["-c", IS_NEW_ENOUGH]).output().ok()?;
        let version = String::from_utf8_lossy(&output.stdout).into_owned();
        output.status.success().then_some((python, version))
    })
}
