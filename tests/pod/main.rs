//! The pod of the API, run as its manifest says, without a cluster: the files that the image
//! copies, the commands of its containers, the variables that the manifest and the declared keys
//! name and no others, and the probes.
//!
//! What a container would be kept from (by its user, its network, its root) isn't tried.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may fail loudly")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

mod image;
mod manifest;
mod process;
mod python;

use image::{Image, inside};
use manifest::{Container, containers, keys_of};
use process::{Process, free_port, get};

/// For what has no allowance of its own; a busy machine is slow.
const LONGEST: Duration = Duration::from_secs(60);
/// How long a pod may take to end that says nothing else (`terminationGracePeriodSeconds`).
const GRACE: Duration = Duration::from_secs(30);

fn checkout(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn image() -> Image {
    Image::read(&checkout("api/Dockerfile.prod"))
}

/// The init container and the container.
fn pod() -> (Container, Container) {
    let (mut init, mut main) = containers(&checkout("k8s/api/deployment.yaml"));
    assert_eq!((init.len(), main.len()), (1, 1));
    (init.remove(0), main.remove(0))
}

/// A pod whose image is laid out below a folder of one test's own.
struct Pod {
    image: Image,
    folder: PathBuf,
    python: &'static Path,
}

impl Pod {
    /// `None` where Python can't be had. `without` are sources that the image doesn't copy.
    fn new(name: &str, without: &[&str]) -> Option<Pod> {
        let image = image();
        let version = image.base.strip_prefix("python:").unwrap().strip_suffix("-slim").unwrap();
        let python = python::environment(&checkout("api/requirements.txt"), version)?;
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pod").join(name);
        let _ = fs::remove_dir_all(&folder);
        image.lay_out(&checkout("api"), &folder.join("root"), without);
        Some(Pod { image, folder, python })
    }

    /// The variables that the image, the Secrets and `env` name; of two, the later counts.
    fn env(&self, container: &Container) -> BTreeMap<String, String> {
        let mut env = self.image.env.clone();
        // In the place of the folder that the image has Python's programs in.
        env.insert("PATH".to_owned(), format!("{}/bin:/usr/bin:/bin", self.python.display()));
        for key in container.secrets.iter().flat_map(|secret| keys_of(secret)) {
            env.insert((*key).to_owned(), self.secret(key));
        }
        env.extend(container.env.iter().cloned());
        env
    }

    /// Something that can stand under this key: a file for the database, and nothing that answers.
    fn secret(&self, key: &str) -> String {
        match key {
            "DATABASE_URL" => format!("sqlite:///{}", self.folder.join("db.sqlite").display()),
            key if key.ends_with("_URL") => "http://127.0.0.1:9".to_owned(),
            key => format!("{key} of a test, which is long enough for any use"),
        }
    }

    fn start(
        &self,
        container: &Container,
        command: &[String],
        env: &BTreeMap<String, String>,
    ) -> Process {
        let workdir = container.working_dir.as_ref().unwrap_or(&self.image.workdir);
        let folder = inside(&self.folder.join("root"), workdir);
        let log = self.folder.join(format!("{}.log", container.name));
        Process::start(command, &folder, env, log)
    }

    /// Runs a container to its end; whether it succeeded, and what it said.
    fn run(&self, container: &Container) -> (bool, String) {
        let command = command(container, &self.image);
        let mut process = self.start(container, &command, &self.env(container));
        let status = process.wait(LONGEST);
        (status.success(), process.log())
    }
}

/// What a container runs: the manifest's words, or else the image's.
fn command(container: &Container, image: &Image) -> Vec<String> {
    match (&container.command, &container.args) {
        (Some(command), args) => [command.clone(), args.clone().unwrap_or_default()].concat(),
        (None, Some(args)) => [image.entrypoint.clone(), args.clone()].concat(),
        (None, None) => [image.entrypoint.clone(), image.cmd.clone()].concat(),
    }
}

/// The command with another port, since the one that it says may be taken on this machine, and
/// with no address but the loopback device's. In a pod, probes come from outside: there it has to
/// listen on all addresses, and on the port that they ask.
fn on_loopback(mut command: Vec<String>, says: u64, port: u16) -> Vec<String> {
    for (option, expected, instead) in [
        ("--host", "0.0.0.0".to_owned(), "127.0.0.1".to_owned()),
        ("--port", says.to_string(), port.to_string()),
    ] {
        let at = command.iter().position(|word| word == option);
        let at = at.unwrap_or_else(|| panic!("no {option} in {command:?}")) + 1;
        assert_eq!(command[at], expected, "{option} in {command:?}");
        command[at] = instead;
    }
    command
}

#[test]
fn the_image_fits_the_manifest() {
    let image = image();
    let (init, api) = pod();
    assert_eq!(image.workdir, "/app");
    assert_eq!(init.working_dir.as_ref(), Some(&image.workdir));
    // The kubelet can check `runAsNonRoot` of a number only, and the files are this user's.
    for container in [&init, &api] {
        assert_eq!(image.user, container.user.to_string(), "{}", container.name);
    }
    assert_eq!(image.ports, api.ports);
    for probe in &api.probes {
        assert!(api.ports.contains(&probe.port), "{}", probe.name);
    }
    // Where the environment of Python is copied to, its programs are found.
    let [python] = &image.from_stages[..] else { panic!("{:?}", image.from_stages) };
    assert_eq!(image.env["PATH"], format!("{python}/bin:$PATH"));
}

/// As asked for, line by line.
#[test]
fn the_migrations_are_copied_behind_the_service() {
    let dockerfile = fs::read_to_string(checkout("api/Dockerfile.prod")).unwrap();
    let (_, runtime) = dockerfile.split_once("\nFROM python:3.12-slim\n").unwrap();
    assert!(
        runtime.contains(
            "\nCOPY --chown=appuser:appgroup app/ ./app/\
             \nCOPY --chown=appuser:appgroup alembic/ ./alembic/\
             \nCOPY --chown=appuser:appgroup alembic.ini .\n"
        ),
        "{runtime}"
    );
}

#[test]
fn the_database_is_migrated_and_both_probes_succeed() {
    let Some(pod) = Pod::new("whole", &[]) else { return };
    let (init, api) = self::pod();
    let (migrated, said) = pod.run(&init);
    assert!(migrated, "{said}");

    let port = free_port();
    let [says] = api.ports[..] else { panic!("{:?}", api.ports) };
    let command = on_loopback(command(&api, &pod.image), says, port);
    let mut process = pod.start(&api, &command, &pod.env(&api));
    let names: Vec<&str> = api.probes.iter().map(|probe| probe.name.as_str()).collect();
    assert_eq!(names, ["livenessProbe", "readinessProbe"]);
    for probe in &api.probes {
        let after = process.probe(port, &probe.path, probe.timeout, probe.allowance);
        println!("{} succeeds after {after:?}", probe.name);
    }
    // It serves the tables that the init container has made, and no documentation.
    let answer = |path| get(port, path, LONGEST).unwrap();
    assert_eq!(answer("/api/v1/images"), (200, "[]".to_owned()));
    assert_eq!(answer("/api/docs").0, 404);
    process.terminate();
    process.wait(GRACE);
}

#[test]
fn without_alembic_ini_the_init_container_fails() {
    let Some(pod) = Pod::new("no-alembic-ini", &["alembic.ini"]) else { return };
    let (migrated, said) = pod.run(&self::pod().0);
    assert!(!migrated, "{said}");
    // Which alembic reads in `alembic.ini`.
    assert!(said.contains("script_location"), "{said}");
    assert!(!pod.folder.join("db.sqlite").exists());
}

/// Those keys are declared that the service needs, and it says their names when they are missing.
#[test]
fn without_its_secret_the_container_says_which_keys_it_needs() {
    let Some(pod) = Pod::new("no-secret", &[]) else { return };
    let (_, mut api) = self::pod();
    let keys: Vec<_> = api.secrets.drain(..).flat_map(|secret| keys_of(&secret)).collect();
    assert_eq!(keys.len(), 9);
    let (served, said) = pod.run(&api);
    assert!(!served, "{said}");
    assert!(said.contains("9 validation errors"), "{said}");
    for key in keys {
        assert!(said.contains(&format!("\n{}\n", key.to_lowercase())), "{key} isn't in\n{said}");
    }
}
