//! What is measured, part by part.

use std::fs;
use std::path::Path;
use std::time::Duration;

use super::declarations::{write_application, write_declarations, write_workspace};
use super::scratch::{
    Cost, Scratch, at, cargo, prepare, read, remove_dir, run, run_costing, run_until_changed, write,
};
use super::{Effort, Report, median, median_cost, milliseconds, seconds};

/// `cargo build` from nothing, and the same for a crate with the two large dependencies only.
pub(super) fn cold(scratch: &Scratch, effort: Effort, report: &mut Report) -> Result<(), String> {
    let workspace = scratch.workspace()?;
    let alone = scratch.folder("alone");
    write_dependencies_alone(&alone, &workspace)?;
    prepare(&workspace)?;
    prepare(&alone)?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..effort.long {
        theirs.push(cold_build(&alone)?);
        ours.push(cold_build(&workspace)?);
    }
    let (ours, theirs) = (median_cost(&ours), median_cost(&theirs));
    report.line("k8s-openapi + serde_yaml alone, cold", &seconds(theirs.clock), "");
    report.line("the workspace, cold", &seconds(ours.clock), "");
    report.line(
        "the workspace against those alone",
        &ratio(ours.clock, theirs.clock),
        "at most 1.4 ×",
    );
    report.line("the same in processor time", &ratio(ours.processor, theirs.processor), "");
    Ok(())
}

fn cold_build(dir: &Path) -> Result<Cost, String> {
    remove_dir(&dir.join("target"))?;
    run_costing(cargo(dir, &["build"]))
}

fn ratio(ours: Duration, theirs: Duration) -> String {
    format!("{:.2} ×", ours.as_secs_f64() / theirs.as_secs_f64())
}

fn write_dependencies_alone(dir: &Path, workspace: &Path) -> Result<(), String> {
    write(
        &dir.join("Cargo.toml"),
        "[package]\nname = \"alone\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\nk8s-openapi = { version = \"0.29\", features = [\"v1_36\"] }\nserde_yaml = \"0.9\"\n",
    )?;
    // The same versions; cargo drops what isn't needed.
    write(&dir.join("Cargo.lock"), &read(&workspace.join("Cargo.lock"))?)?;
    write(&dir.join("src/main.rs"), "fn main() {}\n")
}

/// `cargo build` when there is nothing to do.
pub(super) fn no_op(scratch: &Scratch, effort: Effort, report: &mut Report) -> Result<(), String> {
    let workspace = built_workspace(scratch)?;
    let mut times = Vec::new();
    for _ in 0..effort.short {
        times.push(run(cargo(&workspace, &["build"]))?);
    }
    report.line("no change", &seconds(median(times)), "a cargo no-op");
    Ok(())
}

fn built_workspace(scratch: &Scratch) -> Result<std::path::PathBuf, String> {
    let workspace = scratch.workspace()?;
    prepare(&workspace)?;
    run(cargo(&workspace, &["build"]))?;
    Ok(workspace)
}

/// From an edit of one field to the YAML on disk.
pub(super) fn edit(scratch: &Scratch, effort: Effort, report: &mut Report) -> Result<(), String> {
    let workspace = built_workspace(scratch)?;
    let source = workspace.join("reactbin-manifests/src/api.rs");
    let (written, returned) =
        edits(&workspace, &source, &workspace.join("k8s/api/deployment.yaml"), effort.short)?;
    report.line("edit of one field until the YAML has changed", &seconds(written), "at most 0.7 s");
    report.line("edit of one field until cargo returns", &seconds(returned), "");
    Ok(())
}

/// Changes the replicas of the first workload in `source` again and again.
fn edits(
    workspace: &Path,
    source: &Path,
    yaml: &Path,
    runs: usize,
) -> Result<(Duration, Duration), String> {
    let original = read(source)?;
    if !original.contains("replicas: 1,") {
        return Err(format!("{} has no `replicas: 1,` to edit", source.display()));
    }
    let (mut written, mut returned) = (Vec::new(), Vec::new());
    for round in 0..runs {
        let text = original.replacen("replicas: 1,", &format!("replicas: {},", round + 2), 1);
        write(source, &text)?;
        let (changed, ended) = run_until_changed(cargo(workspace, &["build"]), yaml)?;
        written.push(changed);
        returned.push(ended);
    }
    Ok((median(written), median(returned)))
}

/// A crate of many declarations: what each costs, and whether the costs are linear.
pub(super) fn many(scratch: &Scratch, effort: Effort, report: &mut Report) -> Result<(), String> {
    let workspace = scratch.folder("many");
    let [few, all] = effort.sizes;
    write_workspace(&workspace, &scratch.workspace()?, 0)?;
    write(&workspace.join("Cargo.lock"), &read(&scratch.workspace()?.join("Cargo.lock"))?)?;
    prepare(&workspace)?;
    run(cargo(&workspace, &["build", "-p", "many-manifests"]))?;
    let empty = compile(&workspace, 0, effort)?;
    let fewer = compile(&workspace, few, effort)?;
    let whole = compile(&workspace, all, effort)?;
    let each =
        |time: Duration, base: Duration, count: usize| time.saturating_sub(base) / count as u32;
    let (each_few, each_all) = (
        each(fewer.cost.clock, empty.cost.clock, few),
        each(whole.cost.clock, empty.cost.clock, all),
    );
    report.line("a crate without declarations, cold", &seconds(empty.cost.clock), "");
    report.line(&format!("{few} declarations, cold"), &seconds(fewer.cost.clock), "");
    report.line(&format!("{all} declarations, cold"), &seconds(whole.cost.clock), "");
    report.line(&format!("each of {few}"), &milliseconds(each_few), "at most 2 ms");
    report.line(&format!("each of {all}"), &milliseconds(each_all), "at most 2 ms");
    report.line("the latter against the former", &ratio(each_all, each_few), "1 × is linear");
    let processor = each(whole.cost.processor, empty.cost.processor, all);
    report.line(&format!("each of {all} in processor time"), &milliseconds(processor), "");
    if let (Some(empty), Some(whole)) = (empty.memory, whole.memory) {
        report.line(
            &format!("peak memory of rustc at 0 and {all}"),
            &format!("{empty} and {whole} MB"),
            "",
        );
    }
    run(cargo(&workspace, &["build"]))?;
    let source = workspace.join("manifests/src/m000.rs");
    let yaml = workspace.join("k8s/m000/deployment.yaml");
    let (written, returned) = edits(&workspace, &source, &yaml, effort.short)?;
    report.line(
        &format!("edit of one of {all} until the YAML has changed"),
        &seconds(written),
        "under 2 s",
    );
    report.line(
        &format!("edit of one of {all} until cargo returns"),
        &seconds(returned),
        "under 2 s",
    );
    Ok(())
}

/// What policy adds to many declarations: to their compilation and to the run of the build script.
pub(super) fn policy(scratch: &Scratch, effort: Effort, report: &mut Report) -> Result<(), String> {
    let workspace = scratch.folder("policy");
    let [_, all] = effort.sizes;
    write_workspace(&workspace, &scratch.workspace()?, 0)?;
    write(&workspace.join("Cargo.lock"), &read(&scratch.workspace()?.join("Cargo.lock"))?)?;
    prepare(&workspace)?;
    let manifest = workspace.join("manifests/Cargo.toml");
    let package = read(&manifest)?;
    let none = format!("{package}\n[package.metadata.reactbin.lints]\nall = \"allow\"\n");
    // With a standard for every pod, beside the lints that are on by default.
    let settings = [(none, ""), (package, ", pod_security: baseline")];
    run(cargo(&workspace, &["build"]))?;
    let mut costs: [[Vec<Cost>; 2]; 2] = Default::default();
    for round in 0..=effort.long.max(2) * 2 {
        for ((package, app), costs) in settings.iter().zip(&mut costs) {
            write(&manifest, package)?;
            write_application(&workspace, all, app)?;
            let compiled = run_costing(cargo(&workspace, &["build", "-p", "many-manifests"]))?;
            // Links the build script, runs it, and compiles the program.
            let built = run_costing(cargo(&workspace, &["build"]))?;
            // The first round fills caches.
            if round > 0 {
                costs[0].push(compiled);
                costs[1].push(built);
            }
        }
    }
    let [without, with] = costs.map(|costs| costs.map(|costs| median_cost(&costs)));
    for (index, what) in ["compiling", "the build script of"].into_iter().enumerate() {
        let (without, with) = (without[index], with[index]);
        report.line(
            &format!("{what} {all} declarations without lints"),
            &seconds(without.clock),
            "",
        );
        let goal = if index == 0 { "at most 1.1 ×" } else { "" };
        report.line("the same with policy", &ratio(with.clock, without.clock), goal);
        report.line(
            "the same with policy, in processor time",
            &ratio(with.processor, without.processor),
            goal,
        );
    }
    let sum = |costs: [Cost; 2]| costs[0].processor + costs[1].processor;
    report.line("both, in processor time", &ratio(sum(with), sum(without)), "at most 1.1 ×");
    Ok(())
}

struct Compiled {
    cost: Cost,
    /// In MB, where the system's `time` can tell.
    memory: Option<u64>,
}

/// Compiles the crate of manifests, and nothing else, from nothing.
fn compile(workspace: &Path, declarations: usize, effort: Effort) -> Result<Compiled, String> {
    write_declarations(workspace, declarations)?;
    let mut costs = Vec::new();
    for _ in 0..effort.long.max(2) + 1 {
        run(cargo(workspace, &["clean", "-p", "many-manifests"]))?;
        costs.push(run_costing(cargo(workspace, &["build", "-p", "many-manifests"]))?);
    }
    run(cargo(workspace, &["clean", "-p", "many-manifests"]))?;
    Ok(Compiled { cost: median_cost(&costs), memory: peak_memory(workspace)? })
}

/// The memory of one more run, under the system's `time`.
fn peak_memory(workspace: &Path) -> Result<Option<u64>, String> {
    const TIME: &str = "/usr/bin/time";
    if !Path::new(TIME).exists() {
        return Ok(None);
    }
    let (wrapper, figures) = (workspace.join("timed-rustc"), workspace.join("memory"));
    write(&wrapper, &format!("#!/bin/sh\nexec {TIME} -f %M -a -o {:?} \"$@\"\n", figures))?;
    make_executable(&wrapper)?;
    let mut build = cargo(workspace, &["build", "-p", "many-manifests"]);
    build.env("RUSTC_WRAPPER", &wrapper);
    run(build)?;
    let text = read(&figures)?;
    fs::remove_file(&figures).map_err(|e| at(&figures, e))?;
    // rustc is asked for its version too; compiling takes the most.
    Ok(text
        .lines()
        .filter_map(|line| line.trim().parse::<u64>().ok())
        .max()
        .map(|kilobytes| kilobytes / 1000))
}

#[cfg(unix)]
fn make_executable(path: &Path) -> Result<(), String> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).map_err(|e| at(path, e))
}

#[cfg(not(unix))]
fn make_executable(_: &Path) -> Result<(), String> {
    Ok(())
}

/// A test of the macros' crate takes the time of each step, unoptimised.
pub(super) fn split(scratch: &Scratch, _: Effort, report: &mut Report) -> Result<(), String> {
    let workspace = scratch.workspace()?;
    prepare(&workspace)?;
    let mut test = cargo(
        &workspace,
        &["test", "-p", "reactbin-macros", "--lib", "--", "--ignored", "--nocapture", "timing::"],
    );
    test.stdout(std::process::Stdio::piped());
    let output = test.output().map_err(|e| format!("can't run {test:?}: {e}"))?;
    if !output.status.success() {
        return Err(format!("{test:?} failed:\n{}", String::from_utf8_lossy(&output.stderr)));
    }
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        if let Some((what, time)) =
            line.strip_prefix("timing: ").and_then(|line| line.split_once(" = "))
        {
            report.line(what, time, "");
        }
    }
    Ok(())
}
