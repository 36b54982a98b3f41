//! What `cargo build` does to the output directory, each sentence of it with a real build of a
//! small application in a directory of its own.
#![cfg(unix)]
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

const MANIFESTS: &str = r#"
pub mod web;

use reactbin_dsl::*;

namespace! { name: shop }

app! { name: shop, namespace: shop }
"#;

const WEB: &str = r#"
use reactbin_dsl::*;

deployment! {
    name: web,
    replicas: 1,
    image: "shop/web:1.0",
    ports: [8000],
}

service! {
    name: web,
    selects: web,
    type: ClusterIP,
    ports: [{ name: http, port: 80, target_port: 8000 }],
}
"#;

const IMAGE: &str = r#"
use reactbin_dsl::*;

image! { name: web, reference: "shop/web:1.0", dockerfile: "../web/Dockerfile" }

deployment! {
    name: web,
    image: web,
    needs: ["/app/web.toml", "/app/pages/index.html"],
    ports: [8000],
}
"#;

const DOCKERFILE: &str = "\
FROM nginx:1.29
WORKDIR /app
COPY web.toml .
EXPOSE 8000
COPY pages/ ./pages/
";

const BUILD: &str = r#"
fn main() -> std::process::ExitCode {
    reactbin_dsl::build(manifests::app(), "k8s")
}
"#;

const ALL: [&str; 3] = ["namespace.yaml", "web/deployment.yaml", "web/service.yaml"];

const NO_WARNING: [&str; 0] = [];

/// One application, and the right to use the target directory.
struct Case {
    name: String,
    root: PathBuf,
    _turn: MutexGuard<'static, ()>,
}

/// The target directory of this very test: what is in it needn't be compiled again.
fn target_dir() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap()
}

impl Case {
    /// A small application in a fresh directory. Its packages have the case's name, since those of
    /// all cases share a target directory.
    fn new(name: &str) -> Case {
        static TURN: Mutex<()> = Mutex::new(());
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let name = format!("emission-{name}");
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("emission").join(&name);
        if root.exists() {
            make_writable(&root);
            fs::remove_dir_all(&root).unwrap();
        }
        // As after a first clone, whatever an earlier run of this test has left.
        forget_builds(&name);
        let case = Case { name, root, _turn: turn };
        case.put_packages();
        case.put("manifests/src/lib.rs", MANIFESTS);
        case.put("manifests/src/web.rs", WEB);
        case.put("build.rs", BUILD);
        case.put("src/lib.rs", "");
        case
    }

    fn put_packages(&self) {
        let checkout = env!("CARGO_MANIFEST_DIR");
        let name = &self.name;
        let package = "version = \"0.1.0\"\nedition = \"2024\"\n";
        let dsl = format!(
            "reactbin-dsl = {{ path = \"{checkout}/reactbin-dsl\", features = [\"cli\"] }}\n"
        );
        // The same dependencies for library and build script, as in this workspace: cargo then finds
        // what it has compiled here already.
        let both = format!(
            "{dsl}manifests = {{ path = \"manifests\", package = \"{name}-manifests\" }}\n"
        );
        self.put(
            "Cargo.toml",
            &format!(
                "[workspace]\nmembers = [\"manifests\"]\n\n\
                 [package]\nname = \"{name}\"\n{package}\n\
                 [dependencies]\n{both}\n[build-dependencies]\n{both}"
            ),
        );
        self.put(
            "manifests/Cargo.toml",
            &format!("[package]\nname = \"{name}-manifests\"\n{package}\n[dependencies]\n{dsl}"),
        );
        // The versions that are in the target directory already.
        fs::copy(Path::new(checkout).join("Cargo.lock"), self.root.join("Cargo.lock")).unwrap();
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// A service that is built here, and the Dockerfile of its image.
    fn put_image(&self) {
        self.put("manifests/src/web.rs", IMAGE);
        self.put("web/Dockerfile", DOCKERFILE);
        self.put("web/web.toml", "");
        self.put("web/pages/index.html", "");
    }

    fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.text(path);
        assert!(text.contains(from), "{from:?} isn't in {path}:\n{text}");
        self.put(path, &text.replace(from, to));
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).unwrap()
    }

    fn cargo(&self, target_dir: &Path) -> Command {
        let mut cargo = Command::new(env!("CARGO"));
        cargo
            .args(["build", "--offline", "--verbose", "--color=never", "--target-dir"])
            .arg(target_dir)
            .current_dir(&self.root)
            .env_remove("REACTBIN_EMIT")
            .env_remove("CARGO_TERM_COLOR")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        cargo
    }

    fn run(&self, cargo: &mut Command) -> Build {
        Build::new(&self.name, cargo.output().unwrap())
    }

    /// A build that has to succeed.
    fn build(&self) -> Build {
        let build = self.run(&mut self.cargo(target_dir()));
        assert!(build.success, "{}", build.stderr);
        build
    }

    /// All files of the output, with content and time.
    fn output(&self) -> BTreeMap<String, (String, SystemTime)> {
        let mut found = BTreeMap::new();
        list(&self.root.join("k8s"), "", &mut found);
        found
    }

    fn files(&self) -> Vec<String> {
        self.output().into_keys().collect()
    }

    fn texts(&self) -> Vec<(String, String)> {
        self.output().into_iter().map(|(path, (text, _))| (path, text)).collect()
    }
}

/// What a run of cargo said.
struct Build {
    success: bool,
    stderr: String,
    ran_script: bool,
}

impl Build {
    fn new(name: &str, output: Output) -> Build {
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        let script = format!("/build/{name}-");
        let ran = |line: &str| {
            line.trim_start().starts_with("Running `")
                && line.contains(&script)
                && line.ends_with("/build-script-build`")
        };
        let ran_script = stderr.lines().any(ran);
        Build { success: output.status.success(), stderr, ran_script }
    }

    fn warnings(&self) -> Vec<&str> {
        self.stderr.lines().filter(|line| line.starts_with("warning: ")).collect()
    }

    fn assert_says(&self, expected: &[&str]) {
        for expected in expected {
            assert!(self.stderr.contains(expected), "{expected:?} isn't in\n{}", self.stderr);
        }
    }
}

fn list(dir: &Path, prefix: &str, found: &mut BTreeMap<String, (String, SystemTime)>) {
    for entry in fs::read_dir(dir).into_iter().flatten().map(Result::unwrap) {
        let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        let metadata = entry.metadata().unwrap();
        if metadata.is_dir() {
            list(&entry.path(), &format!("{name}/"), found);
        } else {
            let text = fs::read_to_string(entry.path()).unwrap();
            found.insert(name, (text, metadata.modified().unwrap()));
        }
    }
}

fn set_mode(dir: &Path, folder: u32, file: u32) {
    for entry in fs::read_dir(dir).into_iter().flatten().map(Result::unwrap) {
        match entry.metadata().unwrap().is_dir() {
            true => set_mode(&entry.path(), folder, file),
            false => fs::set_permissions(entry.path(), PermissionsExt::from_mode(file)).unwrap(),
        }
    }
    fs::set_permissions(dir, PermissionsExt::from_mode(folder)).unwrap();
}

fn make_writable(dir: &Path) {
    set_mode(dir, 0o755, 0o644);
}

/// Removes what build scripts of a package have left in the target directory.
fn forget_builds(name: &str) {
    for folder in ["debug/build", "debug/.fingerprint"] {
        let entries = fs::read_dir(target_dir().join(folder)).into_iter().flatten();
        for entry in entries.map(Result::unwrap) {
            if entry.file_name().to_string_lossy().starts_with(&format!("{name}-")) {
                fs::remove_dir_all(entry.path()).unwrap();
            }
        }
    }
}

#[test]
fn an_unchanged_build_runs_no_script_and_touches_no_file() {
    let case = Case::new("unchanged");
    let first = case.build();
    assert!(first.ran_script, "{}", first.stderr);
    assert_eq!(first.warnings(), NO_WARNING);
    assert_eq!(case.files(), ALL);
    let before = case.output();
    let second = case.build();
    assert!(!second.ran_script, "{}", second.stderr);
    // Nor does a script that runs for another reason.
    let third = case.run(case.cargo(target_dir()).env("REACTBIN_EMIT", "write"));
    assert!(third.success && third.ran_script, "{}", third.stderr);
    assert_eq!(case.output(), before);
}

#[test]
fn a_changed_manifest_rewrites_only_its_file() {
    let case = Case::new("changed");
    case.build();
    let mut before = case.output();
    // Times are in whole seconds: a file that is written again has to be younger.
    std::thread::sleep(Duration::from_millis(1100));
    case.edit("manifests/src/web.rs", "replicas: 1", "replicas: 2");
    let build = case.build();
    assert_eq!(build.warnings(), NO_WARNING);
    let mut after = case.output();
    let (text, time) = after.remove("web/deployment.yaml").unwrap();
    let (_, time_before) = before.remove("web/deployment.yaml").unwrap();
    assert!(text.contains("\n  replicas: 2\n"), "{text}");
    assert!(time > time_before);
    assert_eq!(after, before);
    assert!(!case.build().ran_script);
}

#[test]
fn a_hand_edited_file_is_restored_with_a_warning_that_names_it() {
    let case = Case::new("edited");
    case.build();
    let before = case.texts();
    case.edit("k8s/web/deployment.yaml", "replicas: 1", "replicas: 3");
    let build = case.build();
    assert_eq!(case.texts(), before);
    let [warning] = build.warnings()[..] else { panic!("{}", build.stderr) };
    assert!(warning.contains("k8s/web/deployment.yaml was edited, and is restored"), "{warning}");
    // Told once, though cargo repeats the warnings of a script until it runs again.
    assert_eq!(case.build().warnings(), NO_WARNING);
    let last = case.build();
    assert!(!last.ran_script && last.warnings().is_empty(), "{}", last.stderr);
}

#[test]
fn a_handwritten_file_at_a_declared_path_is_refused_until_it_is_moved() {
    let case = Case::new("handwritten");
    case.put("k8s/web/service.yaml", "kind: Service\n");
    let build = case.run(&mut case.cargo(target_dir()));
    assert!(!build.success);
    build.assert_says(&[
        "k8s/web/service.yaml: a file without reactbin's first line\n",
        "help: move it away or delete it",
    ]);
    assert_eq!(case.files(), ["web/service.yaml"]);
    assert_eq!(case.text("k8s/web/service.yaml"), "kind: Service\n");
    fs::rename(case.root.join("k8s/web/service.yaml"), case.root.join("mine.yaml")).unwrap();
    case.build();
    assert_eq!(case.files(), ALL);
    // What a build wrote is restored even without its first line.
    case.put("k8s/web/service.yaml", "kind: Service\n");
    let build = case.build();
    build.assert_says(&["k8s/web/service.yaml was edited, and is restored"]);
}

#[test]
fn a_deleted_file_comes_back() {
    let case = Case::new("deleted");
    case.build();
    let before = case.texts();
    fs::remove_file(case.root.join("k8s/web/service.yaml")).unwrap();
    assert_eq!(case.build().warnings(), NO_WARNING);
    assert_eq!(case.texts(), before);
    fs::remove_dir_all(case.root.join("k8s")).unwrap();
    case.build();
    assert_eq!(case.texts(), before);
    assert!(!case.build().ran_script);
}

#[test]
fn the_file_of_a_removed_declaration_goes_and_a_foreign_file_stays() {
    let case = Case::new("removed");
    let foreign = "# Generated by reactbin from other_shop::web; edit it there\nkind: Service\n";
    case.put("k8s/web/notes.md", "mine");
    case.put("k8s/theirs/service.yaml", foreign);
    case.build();
    let declared = case.text("manifests/src/web.rs");
    let (deployment, _) = declared.split_once("service!").unwrap();
    case.put("manifests/src/web.rs", deployment);
    let build = case.build();
    let [warning] = build.warnings()[..] else { panic!("{}", build.stderr) };
    let expected = "k8s/web/service.yaml is removed: no manifest declares it any more";
    assert!(warning.contains(expected), "{warning}");
    assert_eq!(case.build().warnings(), NO_WARNING);
    assert!(!case.build().ran_script);
    let files = ["namespace.yaml", "theirs/service.yaml", "web/deployment.yaml", "web/notes.md"];
    assert_eq!(case.files(), files);
    // A folder that nothing is left in goes with its last file.
    fs::remove_file(case.root.join("k8s/web/notes.md")).unwrap();
    case.put("manifests/src/web.rs", "");
    case.build();
    assert_eq!(case.files(), ["namespace.yaml", "theirs/service.yaml"]);
    assert!(!case.root.join("k8s/web").exists());
    assert_eq!(case.text("k8s/theirs/service.yaml"), foreign);
}

/// Makes one file outdated, one missing, one undeclared.
fn disturb(case: &Case) {
    case.build();
    case.edit("manifests/src/web.rs", "replicas: 1", "replicas: 2");
    fs::remove_file(case.root.join("k8s/namespace.yaml")).unwrap();
    let undeclared = case.text("k8s/web/service.yaml");
    case.put("k8s/web/old.yaml", &undeclared);
}

const DIFFERENCES: &[&str] = &[
    "missing: k8s/namespace.yaml\n",
    "differs: k8s/web/deployment.yaml, line 8\n",
    "is:         replicas: 1\n",
    "declared:   replicas: 2\n",
    "no longer declared: k8s/web/old.yaml\n",
];

#[test]
fn check_lists_the_differences_and_writes_nothing() {
    let case = Case::new("check");
    disturb(&case);
    let before = case.output();
    let check = || case.run(case.cargo(target_dir()).env("REACTBIN_EMIT", "check"));
    let build = check();
    assert!(!build.success);
    build.assert_says(DIFFERENCES);
    build.assert_says(&["help: run `cargo build` without `REACTBIN_EMIT=check`, and commit"]);
    assert_eq!(case.output(), before);
    case.build();
    let build = check();
    assert!(build.success, "{}", build.stderr);
    let misspelt = case.run(case.cargo(target_dir()).env("REACTBIN_EMIT", "chekc"));
    misspelt.assert_says(&["REACTBIN_EMIT is `chekc`: it is `write` or `check`"]);
}

#[test]
fn a_read_only_tree_is_compared() {
    let case = Case::new("read-only");
    disturb(&case);
    let before = case.output();
    let k8s = case.root.join("k8s");
    set_mode(&k8s, 0o555, 0o444);
    let build = case.run(&mut case.cargo(target_dir()));
    make_writable(&k8s);
    assert!(!build.success);
    build.assert_says(DIFFERENCES);
    build.assert_says(&["is read-only\n"]);
    assert_eq!(case.output(), before);
    // One that is as declared is fine.
    case.build();
    set_mode(&k8s, 0o555, 0o444);
    let build = case.run(case.cargo(target_dir()).env("REACTBIN_EMIT", "write"));
    make_writable(&k8s);
    assert!(build.success && build.ran_script, "{}", build.stderr);
}

#[test]
fn a_finding_of_the_build_script_looks_like_rustcs_and_leaves_all_as_it_was() {
    let case = Case::new("finding");
    case.build();
    let before = case.output();
    case.edit("manifests/src/web.rs", "type: ClusterIP", "type: (String::from(\"Clusterip\"))");
    case.edit("manifests/src/web.rs", "replicas: 1", "replicas: 2");
    let build = case.run(&mut case.cargo(target_dir()));
    assert!(!build.success);
    build.assert_says(&[
        "]: `type` can't be `Clusterip`",
        " --> manifests/src/web.rs:14:11\n",
        "14 |     type: (String::from(\"Clusterip\")),\n",
        "   |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^\n",
        "= help: use `ClusterIP`",
        "error: 1 error in the manifests; `k8s` is left as it was\n",
    ]);
    assert!(!build.stderr.contains("--- stdout"), "{}", build.stderr);
    assert_eq!(case.output(), before);
    // It fails again, rather than being forgotten.
    assert!(!case.run(&mut case.cargo(target_dir())).success);
}

#[test]
fn an_edit_of_a_dockerfile_checks_its_containers_again() {
    let case = Case::new("dockerfile");
    case.put_image();
    assert!(case.build().ran_script);
    let before = case.output();
    assert!(!case.build().ran_script);
    let at_need = [
        " --> manifests/src/web.rs:9:13\n",
        "9 |     needs: [\"/app/web.toml\", \"/app/pages/index.html\"],\n",
        "  |             ^^^^^^^^^^^^^^^",
    ];
    let copy = "COPY web.toml .\n";
    case.edit("web/Dockerfile", copy, "");
    let build = case.run(&mut case.cargo(target_dir()));
    assert!(!build.success && !build.ran_script);
    build.assert_says(&[
        "nothing copies `/app/web.toml` into the image",
        "COPY` to `../web/Dockerfile`",
    ]);
    build.assert_says(&at_need);
    case.edit("web/Dockerfile", "EXPOSE", &format!("{copy}EXPOSE"));
    assert!(case.build().ran_script);
    // So does the deletion of a file that it copies.
    fs::remove_file(case.root.join("web/web.toml")).unwrap();
    let build = case.run(&mut case.cargo(target_dir()));
    assert!(!build.success && build.ran_script, "{}", build.stderr);
    build.assert_says(&[
        "error[missing_source]: `/app/web.toml` is copied from `web.toml`, which isn't in the build context `../web`\n",
        "help: put it there, or correct line 3 of `../web/Dockerfile`\n",
    ]);
    build.assert_says(&at_need);
    assert_eq!(case.output(), before);
}

#[test]
fn what_is_in_a_copied_directory_is_looked_for() {
    let case = Case::new("copied");
    case.put_image();
    case.edit("manifests/src/web.rs", "index.html", "indx.html");
    let build = case.run(&mut case.cargo(target_dir()));
    assert!(!build.success && build.ran_script, "{}", build.stderr);
    build.assert_says(&[
        "`/app/pages/indx.html` is copied from `pages/indx.html`, which isn't in the build context",
        " --> manifests/src/web.rs:9:30\n",
        "error: 1 error in the manifests",
    ]);
}

#[test]
fn two_builds_at_once_leave_a_whole_tree() {
    let case = Case::new("at-once");
    let other = Path::new(env!("CARGO_TARGET_TMPDIR")).join("emission-other-target");
    // So that both come to their build scripts at about the same time.
    case.build();
    let build = case.run(&mut case.cargo(&other));
    assert!(build.success, "{}", build.stderr);
    let before = case.texts();
    for replicas in 2..5 {
        let (old, new) = (format!("replicas: {}", replicas - 1), format!("replicas: {replicas}"));
        case.edit("manifests/src/web.rs", &old, &new);
        fs::remove_dir_all(case.root.join("k8s/web")).unwrap();
        let builds = [target_dir(), &other].map(|dir| case.cargo(dir).spawn().unwrap());
        for build in builds {
            let build = Build::new(&case.name, build.wait_with_output().unwrap());
            assert!(build.success && build.ran_script, "{}", build.stderr);
            assert_eq!(build.warnings(), NO_WARNING);
        }
        let text =
            |(path, text): &(String, String)| (path.clone(), text.replace("replicas: 1", &new));
        assert_eq!(case.texts(), before.iter().map(text).collect::<Vec<_>>());
    }
    // Neither takes the other's writing for an edit.
    case.edit("manifests/src/web.rs", "replicas: 4", "replicas: 5");
    case.build();
    case.edit("manifests/src/web.rs", "replicas: 5", "replicas: 6");
    let build = case.run(&mut case.cargo(&other));
    assert!(build.success, "{}", build.stderr);
    assert_eq!(build.warnings(), NO_WARNING);
}
