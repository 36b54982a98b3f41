//! How long `reactbin check` takes, against only parsing the same files.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::manifests::file;
use super::scratch::{Scratch, at, cargo, prepare, read, run, write};
use super::{Effort, Report, median, milliseconds};

/// `reactbin check` on generated manifests, against a program that only parses them.
pub(super) fn check(scratch: &Scratch, effort: Effort, report: &mut Report) -> Result<(), String> {
    let workspace = scratch.workspace()?;
    prepare(&workspace)?;
    run(cargo(&workspace, &["build", "--release", "--bin", "reactbin"]))?;
    run(cargo(
        &workspace,
        &[
            "build",
            "--release",
            "-p",
            "reactbin-dsl",
            "--features",
            "cli",
            "--example",
            "parse_only",
        ],
    ))?;
    let built = workspace.join("target/release");
    let [few, all] = effort.sizes.map(|size| size * 20);
    let (small, large) = (manifests(scratch, few)?, manifests(scratch, all)?);
    let parse = |dir: &Path| program(&built.join("examples/parse_only"), &[dir.as_os_str()], &[0]);
    let check = |dir: &Path| {
        let arguments = ["check".as_ref(), "--format".as_ref(), "json".as_ref(), dir.as_os_str()];
        // Some of the manifests have a mistake.
        program(&built.join("reactbin"), &arguments, &[0, 1])
    };
    let (mut parsed, mut checked) = (Vec::new(), Vec::new());
    for _ in 0..effort.short {
        parsed.push(parse(&large)?);
        checked.push(check(&large)?);
    }
    let (parsed, checked) = (median(parsed), median(checked));
    report.line(&format!("only parsing {all} documents"), &milliseconds(parsed), "");
    report.line(&format!("checking {all} documents"), &milliseconds(checked), "");
    let ratio = checked.as_secs_f64() / parsed.as_secs_f64();
    report.line("the check against parsing alone", &format!("{ratio:.2} ×"), "at most 2 ×");
    let memory = |dir: &Path| measured_memory(&built.join("reactbin"), dir, scratch);
    if let (Some(few_memory), Some(all_memory)) = (memory(&small)?, memory(&large)?) {
        report.line(
            &format!("peak memory of the check at {few} and {all}"),
            &format!("{few_memory:.1} and {all_memory:.1} MB"),
            "the same",
        );
    }
    Ok(())
}

/// A folder with this many generated documents, 20 in a file.
fn manifests(scratch: &Scratch, documents: usize) -> Result<PathBuf, String> {
    const EACH: usize = 20;
    let dir = scratch.folder(&format!("manifests-{documents}"));
    for number in 0..documents / EACH {
        write(&dir.join(format!("{number:05}.yaml")), &file(number, EACH))?;
    }
    Ok(dir)
}

fn program(path: &Path, arguments: &[&OsStr], good: &[i32]) -> Result<Duration, String> {
    let mut command = Command::new(path);
    command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let status = command.status().map_err(|e| at(path, e))?;
    let time = start.elapsed();
    match status.code().is_some_and(|code| good.contains(&code)) {
        true => Ok(time),
        false => Err(format!("{command:?} ended with {status}")),
    }
}

/// In MB, where the system's `time` can tell.
fn measured_memory(reactbin: &Path, dir: &Path, scratch: &Scratch) -> Result<Option<f64>, String> {
    const TIME: &str = "/usr/bin/time";
    if !Path::new(TIME).exists() {
        return Ok(None);
    }
    let figures = scratch.folder("check-memory");
    let arguments = [
        "-f".as_ref(),
        "%M".as_ref(),
        "-o".as_ref(),
        figures.as_os_str(),
        reactbin.as_os_str(),
        "check".as_ref(),
        "--format".as_ref(),
        "json".as_ref(),
        dir.as_os_str(),
    ];
    program(Path::new(TIME), &arguments, &[0, 1])?;
    let text = read(&figures)?;
    Ok(text
        .lines()
        .filter_map(|line| line.trim().parse::<f64>().ok())
        .next_back()
        .map(|kilobytes| kilobytes / 1000.0))
}
