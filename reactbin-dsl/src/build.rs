//! The whole of an application's build script: check everything, bring the directory in line, and
//! tell cargo when to do it again.
//!
//! Must know nothing of any one application.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::app::{App, Manifest};
use crate::assemble::Values;
use crate::emit::{self, Act, Emission, Marker, Mode, Outcome, Stamp};
use crate::image::{self, check::Source};
use crate::report::{self, Diagnostic, Level};
use crate::validate;

/// The environment variable that says whether to write.
const MODE: &str = "REACTBIN_EMIT";

/// Writes an application's manifests to a directory, from a build script.
///
/// ```no_run
/// # mod shop_manifests {
/// #     reactbin_dsl::namespace! { name: shop }
/// #     reactbin_dsl::app! { name: shop, namespace: shop }
/// # }
/// // build.rs
/// fn main() -> std::process::ExitCode {
///     reactbin_dsl::build(shop_manifests::app(), "k8s")
/// }
/// ```
///
/// The directory is relative to the package of the build script. When the application is wrong,
/// what is wrong goes to standard error and nothing is written. With `REACTBIN_EMIT=check` in the
/// environment, or in a read-only checkout, the directory is compared instead of written.
///
/// Files with this crate's marker in their first line that are no longer declared are removed;
/// files that no build wrote are left alone. One that stands at a declared path is an error, and
/// nothing is written.
pub fn build(app: App, dir: &str) -> ExitCode {
    match run(&app, dir) {
        Ok(directives) => match io::stdout().write_all(directives.as_bytes()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        },
        Err(report) => {
            // If nobody listens, the exit code has to do. Standard output stays empty, so that
            // cargo shows nothing but the report.
            let _ = io::stderr().write_all(report.as_bytes());
            ExitCode::FAILURE
        }
    }
}

/// What cargo is to be told, or what is to be shown to the author.
fn run(app: &App, dir: &str) -> Result<String, String> {
    let mode = mode()?;
    let sources = image::check::sources(app);
    let (manifests, warnings) = checked(app, &sources)
        .map_err(|diagnostics| refusal(&diagnostics, &format!("`{dir}` is left as it was")))?;
    let out_dir = env::var_os("OUT_DIR").map(PathBuf::from);
    let stamp = out_dir.as_ref().map(|out| out.join("reactbin-emitted"));
    let last = stamp.as_ref().and_then(|path| fs::read_to_string(path).ok()).unwrap_or_default();
    let outcome = emit::sync(&Emission {
        dir: Path::new(dir),
        files: &manifests,
        marker: Marker { act: Act::Build, owner: app.crate_name() },
        mode,
        last: &Stamp::decode(&last),
        modified: started(out_dir.as_deref()),
    })
    .map_err(|error| format!("error: {error}\n"))?;
    if let Some(path) = stamp {
        let text = outcome.stamp.encode();
        if text != last {
            fs::write(&path, text)
                .map_err(|error| format!("error: can't write `{}`: {error}\n", path.display()))?;
        }
    }
    let paths = manifests.iter().map(|manifest| manifest.path.as_str());
    Ok(directives(dir, paths, &warnings, &outcome, out_dir.as_deref()) + &watch(&sources))
}

/// The manifests and what to warn of, or all that is wrong.
fn checked(
    app: &App,
    sources: &[Source],
) -> Result<(Vec<Manifest>, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut missing = validate::check_sources(app, sources);
    match app.manifests(&Values::new()) {
        Ok(checked) if missing.is_empty() => Ok(checked),
        Ok(_) => Err(missing),
        Err(refused) => {
            missing.splice(0..0, refused.diagnostics);
            Err(missing)
        }
    }
}

/// The files that containers need, so that one that is deleted is missed. Of a directory cargo would
/// watch all that is in it, which may be what this very build writes.
fn watch(sources: &[Source]) -> String {
    let files = sources.iter().filter(|source| source.file.is_file());
    files.map(|source| format!("cargo::rerun-if-changed={}\n", source.file.display())).collect()
}

fn mode() -> Result<Mode, String> {
    match env::var(MODE).as_deref() {
        Err(env::VarError::NotPresent) | Ok("" | "write") => Ok(Mode::Write),
        Ok("check") => Ok(Mode::Check),
        Ok(other) => Err(format!("error: {MODE} is `{other}`: it is `write` or `check`\n")),
        Err(env::VarError::NotUnicode(_)) => Err(format!("error: {MODE} is `write` or `check`\n")),
    }
}

/// All that is wrong, and what follows from it.
pub(crate) fn refusal(diagnostics: &[Diagnostic], consequence: &str) -> String {
    // A build script can't see cargo's terminal, but its user may have said what to do.
    let color = env::var("CARGO_TERM_COLOR").is_ok_and(|color| color == "always");
    report::render(diagnostics, color) + &summary(diagnostics, consequence)
}

/// The last line of a report.
pub(crate) fn summary(diagnostics: &[Diagnostic], consequence: &str) -> String {
    match diagnostics.iter().filter(|diagnostic| diagnostic.level == Level::Error).count() {
        1 => format!("error: 1 error in the manifests; {consequence}\n"),
        errors => format!("error: {errors} errors in the manifests; {consequence}\n"),
    }
}

/// A time of whole seconds before this build script was started.
///
/// cargo runs it again when a file is younger than its last start, and what it wrote itself must
/// not be.
fn started(out_dir: Option<&Path>) -> Option<SystemTime> {
    let marked = out_dir.map(|out| out.with_file_name("invoked.timestamp"));
    let time_of = |path: &Path| fs::metadata(path).and_then(|metadata| metadata.modified()).ok();
    // cargo touches that file at the start; where a future cargo doesn't, the script was at least
    // compiled earlier.
    let time = marked
        .as_deref()
        .and_then(time_of)
        .or_else(|| env::current_exe().ok().as_deref().and_then(time_of))?;
    let seconds = time.duration_since(UNIX_EPOCH).ok()?.as_secs();
    Some(UNIX_EPOCH + Duration::from_secs(seconds))
}

fn directives<'a>(
    dir: &str,
    paths: impl Iterator<Item = &'a str>,
    warnings: &[Diagnostic],
    outcome: &Outcome,
    out_dir: Option<&Path>,
) -> String {
    let mut out = format!("cargo::rerun-if-env-changed={MODE}\n");
    // Each file, not the directory: that would be younger than the script's start each time.
    for path in paths {
        let _ = writeln!(out, "cargo::rerun-if-changed={dir}/{path}");
    }
    for warning in warnings {
        let _ = writeln!(out, "cargo::warning={}", report::render_short(warning));
    }
    let told = [
        (&outcome.restored, "was edited, and is restored: edit the manifest that it comes from"),
        (
            &outcome.replaced,
            "differed from its manifest, and is written anew: `git diff` shows how",
        ),
        (&outcome.removed, "is removed: no manifest declares it any more"),
    ];
    for (paths, what) in told {
        for path in paths {
            let _ = writeln!(out, "cargo::warning={dir}/{path} {what}");
        }
    }
    let told = told.iter().any(|(paths, _)| !paths.is_empty());
    if let (Some(out_dir), true) = (out_dir, told) {
        // cargo repeats a script's warnings in every build until it runs again; these are only true
        // once. A file that isn't there makes it run the next time.
        let absent = out_dir.join("reactbin-told-once");
        let _ = writeln!(out, "cargo::rerun-if-changed={}", absent.display());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_is_told_of_every_file_and_every_warning() {
        let (restored, removed) = (vec!["a.yaml".to_owned()], vec!["d.yaml".to_owned()]);
        let replaced = vec!["c.yaml".to_owned()];
        let outcome = Outcome { restored, replaced, removed, ..Outcome::default() };
        let warning = Diagnostic {
            level: Level::Warning,
            rule: "latest_tag".to_owned(),
            message: "the tag\nmoves".to_owned(),
            place: None,
            help: None,
            notes: Vec::new(),
        };
        let paths = ["a.yaml", "b/c.yaml"].into_iter();
        let text = directives("k8s", paths, &[warning], &outcome, Some(Path::new("/out")));
        let expected = "\
cargo::rerun-if-env-changed=REACTBIN_EMIT
cargo::rerun-if-changed=k8s/a.yaml
cargo::rerun-if-changed=k8s/b/c.yaml
cargo::warning=the tag moves [latest_tag]
cargo::warning=k8s/a.yaml was edited, and is restored: edit the manifest that it comes from
cargo::warning=k8s/c.yaml differed from its manifest, and is written anew: `git diff` shows how
cargo::warning=k8s/d.yaml is removed: no manifest declares it any more
cargo::rerun-if-changed=/out/reactbin-told-once
";
        assert_eq!(text, expected);
        let removed = Outcome { restored: Vec::new(), ..outcome };
        let text = directives("k8s", [].into_iter(), &[], &removed, Some(Path::new("/out")));
        assert!(text.ends_with("cargo::rerun-if-changed=/out/reactbin-told-once\n"), "{text}");
    }

    #[test]
    fn files_get_a_whole_second_before_the_start() {
        let time = started(None).unwrap();
        assert!(time < SystemTime::now());
        assert_eq!(time.duration_since(UNIX_EPOCH).unwrap().subsec_nanos(), 0);
    }
}
