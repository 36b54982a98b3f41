//! A small application in a directory of its own, and real builds of it.
#![allow(dead_code, reason = "each test binary uses its part")]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

pub(crate) const MANIFESTS: &str = r#"
pub mod web;

use reactbin_dsl::*;

namespace! { name: shop }

app! { name: shop, namespace: shop }
"#;

pub(crate) const WEB: &str = r#"
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

pub(crate) const IMAGE: &str = r#"
use reactbin_dsl::*;

image! { name: web, reference: "shop/web:1.0", dockerfile: "../web/Dockerfile" }

deployment! {
    name: web,
    image: web,
    needs: ["/app/web.toml", "/app/pages/index.html"],
    ports: [8000],
}
"#;

pub(crate) const DOCKERFILE: &str = "\
FROM nginx:1.29
WORKDIR /app
COPY web.toml .
EXPOSE 8000
COPY pages/ ./pages/
";

pub(crate) const BUILD: &str = r#"
fn main() -> std::process::ExitCode {
    reactbin_dsl::build(manifests::app(), "k8s")
}
"#;

pub(crate) const ALL: [&str; 3] = ["namespace.yaml", "web/deployment.yaml", "web/service.yaml"];

pub(crate) const NO_WARNING: [&str; 0] = [];

/// One application, and the right to use the target directory.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) root: PathBuf,
    _turn: MutexGuard<'static, ()>,
}

/// The target directory of this very test: what is in it needn't be compiled again.
pub(crate) fn target_dir() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap()
}

impl Case {
    /// A small application in a fresh directory. Its packages have the case's name, since those of
    /// all cases share a target directory.
    pub(crate) fn new(name: &str) -> Case {
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

    pub(crate) fn put_packages(&self) {
        let checkout = env!("CARGO_MANIFEST_DIR");
        let name = &self.name;
        let package = "version = \"0.1.0\"\nedition = \"2024\"\n";
        let dsl = format!(
            "reactbin-dsl = {{ path = \"{checkout}/reactbin-dsl\", features = [\"cli\"] }}\n"
        );
        // The same dependencies for library and build script, and the same profile, as in this
        // workspace: cargo then finds what it has compiled here already.
        let both = format!(
            "{dsl}manifests = {{ path = \"manifests\", package = \"{name}-manifests\" }}\n"
        );
        let workspace = fs::read_to_string(Path::new(checkout).join("Cargo.toml")).unwrap();
        let profile = &workspace[workspace.find("[profile.dev]").unwrap()..];
        self.put(
            "Cargo.toml",
            &format!(
                "[workspace]\nmembers = [\"manifests\"]\n\n\
                 [package]\nname = \"{name}\"\n{package}\n\
                 [dependencies]\n{both}\n[build-dependencies]\n{both}\n{profile}"
            ),
        );
        self.put(
            "manifests/Cargo.toml",
            &format!("[package]\nname = \"{name}-manifests\"\n{package}\n[dependencies]\n{dsl}"),
        );
        // The versions that are in the target directory already.
        fs::copy(Path::new(checkout).join("Cargo.lock"), self.root.join("Cargo.lock")).unwrap();
    }

    pub(crate) fn put(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// A service that is built here, and the Dockerfile of its image.
    pub(crate) fn put_image(&self) {
        self.put("manifests/src/web.rs", IMAGE);
        self.put("web/Dockerfile", DOCKERFILE);
        self.put("web/web.toml", "");
        self.put("web/pages/index.html", "");
    }

    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.text(path);
        assert!(text.contains(from), "{from:?} isn't in {path}:\n{text}");
        self.put(path, &text.replace(from, to));
    }

    pub(crate) fn text(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).unwrap()
    }

    pub(crate) fn cargo(&self, target_dir: &Path) -> Command {
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

    pub(crate) fn run(&self, cargo: &mut Command) -> Build {
        Build::new(&self.name, cargo.output().unwrap())
    }

    /// A build that has to succeed.
    pub(crate) fn build(&self) -> Build {
        let build = self.run(&mut self.cargo(target_dir()));
        assert!(build.success, "{}", build.stderr);
        build
    }

    /// All files of the output, with content and time.
    pub(crate) fn output(&self) -> BTreeMap<String, (String, SystemTime)> {
        let mut found = BTreeMap::new();
        list(&self.root.join("k8s"), "", &mut found);
        found
    }

    pub(crate) fn files(&self) -> Vec<String> {
        self.output().into_keys().collect()
    }

    pub(crate) fn texts(&self) -> Vec<(String, String)> {
        self.output().into_iter().map(|(path, (text, _))| (path, text)).collect()
    }
}

/// What a run of cargo said.
pub(crate) struct Build {
    pub(crate) success: bool,
    pub(crate) stderr: String,
    pub(crate) ran_script: bool,
}

impl Build {
    pub(crate) fn new(name: &str, output: Output) -> Build {
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

    /// How many times a crate was compiled, by its name in Rust.
    pub(crate) fn compiled(&self, name: &str) -> usize {
        self.stderr.matches(&format!(" --crate-name {name} ")).count()
    }

    pub(crate) fn warnings(&self) -> Vec<&str> {
        self.stderr.lines().filter(|line| line.starts_with("warning: ")).collect()
    }

    pub(crate) fn assert_says(&self, expected: &[&str]) {
        for expected in expected {
            assert!(self.stderr.contains(expected), "{expected:?} isn't in\n{}", self.stderr);
        }
    }
}

pub(crate) fn list(dir: &Path, prefix: &str, found: &mut BTreeMap<String, (String, SystemTime)>) {
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

pub(crate) fn set_mode(dir: &Path, folder: u32, file: u32) {
    for entry in fs::read_dir(dir).into_iter().flatten().map(Result::unwrap) {
        match entry.metadata().unwrap().is_dir() {
            true => set_mode(&entry.path(), folder, file),
            false => fs::set_permissions(entry.path(), PermissionsExt::from_mode(file)).unwrap(),
        }
    }
    fs::set_permissions(dir, PermissionsExt::from_mode(folder)).unwrap();
}

pub(crate) fn make_writable(dir: &Path) {
    set_mode(dir, 0o755, 0o644);
}

/// Removes what build scripts of a package have left in the target directory.
pub(crate) fn forget_builds(name: &str) {
    for folder in ["debug/build", "debug/.fingerprint"] {
        let entries = fs::read_dir(target_dir().join(folder)).into_iter().flatten();
        for entry in entries.map(Result::unwrap) {
            if entry.file_name().to_string_lossy().starts_with(&format!("{name}-")) {
                fs::remove_dir_all(entry.path()).unwrap();
            }
        }
    }
}
