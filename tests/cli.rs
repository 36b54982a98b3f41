//! The program `reactbin`: what it prints, what it writes, and what it refuses.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn reactbin(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_reactbin"));
    command.args(arguments).env_remove("NO_COLOR").current_dir(env!("CARGO_TARGET_TMPDIR"));
    command
}

fn run(arguments: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = reactbin(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code(), text(stdout), text(stderr))
}

/// A path in a fresh directory of one test's own.
fn scratch(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli").join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

/// All files below a directory, with their content.
fn files(dir: &Path) -> Vec<(String, String)> {
    fn walk(dir: &Path, prefix: &str, found: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(dir).into_iter().flatten().map(Result::unwrap) {
            let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
            match entry.metadata().unwrap().is_dir() {
                true => walk(&entry.path(), &format!("{name}/"), found),
                false => found.push((name, fs::read_to_string(entry.path()).unwrap())),
            }
        }
    }
    let mut found = Vec::new();
    walk(dir, "", &mut found);
    found.sort();
    found
}

#[test]
fn a_render_fills_every_place_of_a_parameter() {
    let dir = scratch("render");
    let out = dir.join("deep/out");
    let values = dir.join("values.toml");
    fs::write(&values, "domain = \"other.example.com\"\nui_tag = \"2.0\"\n").unwrap();
    let (out_text, values) = (out.to_str().unwrap(), values.to_str().unwrap());
    let arguments = ["render", "--out", out_text, "--values", values, "--set", "api_tag=1.4.2"];
    let arguments = [&arguments[..], &["--set", "domain=pics.example.com"]].concat();
    let (status, stdout, stderr) = run(&arguments);
    assert_eq!((status, stderr.as_str()), (Some(0), ""));
    assert_eq!(stdout, format!("12 files in {out_text}\n"));
    let rendered = files(&out);
    let k8s = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("k8s"));
    let paths =
        |files: &[(String, String)]| files.iter().map(|file| file.0.clone()).collect::<Vec<_>>();
    assert_eq!(paths(&rendered), paths(&k8s));
    let all: String = rendered.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(all.matches("pics.example.com").count(), 2, "{all}");
    assert_eq!(all.matches("reactbin-api:1.4.2\n").count(), 2, "{all}");
    assert_eq!(all.matches("reactbin-ui:2.0\n").count(), 1, "{all}");
    for left in ["<your-domain>", "reactbin-api:latest", "other.example.com"] {
        assert!(!all.contains(left), "{left} in {all}");
    }
    // Again, with another value: the directory is its own.
    let (status, _, stderr) = run(&["render", "--out", out_text, "--set", "domain=a.example.com"]);
    assert_eq!((status, stderr.as_str()), (Some(0), ""));
    assert!(files(&out).iter().any(|(_, text)| text.contains("a.example.com")));
}

#[test]
fn all_wrong_values_are_told_and_nothing_is_written() {
    let out = scratch("values").join("out");
    let arguments = ["--set", "domian=pics.example.com", "--set", "api_tag=1:2", "--set", "ui_tag"];
    let arguments = [&["render", "--out", out.to_str().unwrap()], &arguments[..]].concat();
    let (status, stdout, stderr) = run(&arguments);
    assert_eq!((status, stdout.as_str()), (Some(2), ""));
    for expected in [
        "domain: missing",
        "domian: there is no such parameter; did you mean `domain`?",
        "api_tag: `1:2` isn't an image tag",
        "ui_tag: has no value",
    ] {
        assert!(stderr.contains(expected), "{expected:?} isn't in\n{stderr}");
    }
    assert!(!out.exists());
}

#[test]
fn a_directory_with_other_files_is_refused() {
    let dir = scratch("foreign");
    fs::write(dir.join("notes.md"), "mine").unwrap();
    let set = "domain=pics.example.com";
    let (status, _, stderr) = run(&["render", "--out", dir.to_str().unwrap(), "--set", set]);
    assert_eq!(status, Some(1));
    assert!(stderr.contains("holds files that no render has written\n  notes.md\n"), "{stderr}");
    assert_eq!(files(&dir), [("notes.md".to_owned(), "mine".to_owned())]);
    // What the build writes is no render either.
    let k8s = Path::new(env!("CARGO_MANIFEST_DIR")).join("k8s");
    let before = files(&k8s);
    let (status, _, stderr) = run(&["render", "--out", k8s.to_str().unwrap(), "--set", set]);
    assert_eq!(status, Some(1), "{stderr}");
    assert_eq!(files(&k8s), before);
}

#[cfg(unix)]
#[test]
fn a_directory_that_may_not_be_written_is_told_as_such() {
    use std::os::unix::fs::PermissionsExt;
    let dir = scratch("read-only");
    let set_mode = |mode| fs::set_permissions(&dir, PermissionsExt::from_mode(mode)).unwrap();
    set_mode(0o555);
    let arguments = ["render", "--out", dir.to_str().unwrap(), "--set", "domain=a.example.com"];
    let (status, _, stderr) = run(&arguments);
    set_mode(0o755);
    assert_eq!(status, Some(1), "{stderr}");
    assert!(stderr.contains("help: give `--out` a directory that may be written\n"), "{stderr}");
    assert!(!stderr.contains("cargo build"), "{stderr}");
    assert_eq!(files(&dir), []);
}

#[test]
fn params_says_type_default_and_place() {
    let (status, stdout, _) = run(&["params"]);
    assert_eq!(status, Some(0));
    let rows: Vec<Vec<&str>> = stdout
        .lines()
        .map(|line| line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect())
        .collect();
    let cells: Vec<&[&str]> = rows.iter().map(|row| &row[..3]).collect();
    assert_eq!(
        cells,
        [
            ["api_tag", "image_tag", "default latest"],
            ["domain", "host", "must be given; shown as <your-domain>"],
            ["mc_tag", "image_tag", "default latest"],
            ["minio_tag", "image_tag", "default latest"],
            ["ui_tag", "image_tag", "default latest"],
        ]
    );
    assert!(rows[0][3].starts_with("reactbin-manifests/src/parameters.rs:"), "{stdout}");
    let (status, json, _) = run(&["params", "--format", "json"]);
    assert_eq!(status, Some(0));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json.as_array().map(Vec::len), Some(5));
    assert_eq!(json[1]["name"], "domain");
    assert_eq!(json[1]["required"], true);
    assert_eq!(json[1]["placeholder"], "<your-domain>");
    assert_eq!(json[1]["default"], serde_json::Value::Null);
    assert_eq!(json[0]["default"], "latest");
}

#[test]
fn list_shows_every_object_and_where_it_stands() {
    let (status, stdout, _) = run(&["list"]);
    assert_eq!(status, Some(0));
    assert_eq!(stdout.lines().count(), 12);
    let statefulset = stdout.lines().find(|line| line.contains("StatefulSet")).unwrap();
    let words: Vec<&str> = statefulset.split_whitespace().collect();
    assert_eq!(words[..3], ["minio/statefulset.yaml", "StatefulSet", "reactbin/minio"]);
    let (status, json, _) = run(&["list", "--format", "json"]);
    assert_eq!(status, Some(0));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let namespace = json.as_array().unwrap().iter().find(|object| object["kind"] == "Namespace");
    let namespace = namespace.unwrap();
    assert_eq!(namespace["file"], "namespace.yaml");
    assert_eq!(namespace["namespace"], serde_json::Value::Null);
    // The place is where the name is written.
    let source = &namespace["source"];
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(source["file"].as_str().unwrap());
    let text = fs::read_to_string(file).unwrap();
    let line = text.lines().nth(source["line"].as_u64().unwrap() as usize - 1).unwrap();
    assert!(
        line[source["column"].as_u64().unwrap() as usize - 1..].starts_with("reactbin"),
        "{line}"
    );
}

#[test]
fn help_and_bad_usage_have_their_exit_codes() {
    let (status, stdout, _) = run(&["--version"]);
    assert_eq!(status, Some(0));
    assert!(stdout.starts_with("reactbin with reactbin-dsl "), "{stdout}");
    assert!(stdout.contains(", for Kubernetes 1."), "{stdout}");
    let (status, stdout, stderr) = run(&["--help"]);
    assert_eq!((status, stderr.as_str()), (Some(0), ""));
    for expected in ["Usage: reactbin", "render", "params", "list", "Exit status"] {
        assert!(stdout.contains(expected), "{expected:?} isn't in\n{stdout}");
    }
    for bad in [&["rendre"][..], &["render"], &[], &["list", "--format", "xml"]] {
        let (status, stdout, stderr) = run(bad);
        assert_eq!((status, stdout.as_str()), (Some(2), ""), "{bad:?}");
        assert!(
            stderr.contains("--help") || stderr.contains("Usage: reactbin"),
            "{bad:?} gives\n{stderr}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_reader_that_is_gone_is_no_panic() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let command = &mut reactbin(&["list"]);
    let output = command.stdout(writer).stderr(Stdio::piped()).output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn explain_knows_groups_and_standards_and_advises_no_level_that_is_set() {
    let explain = |name: &str| {
        let (status, text, stderr) = run(&["explain", name]);
        assert_eq!(status, Some(0), "{name}: {stderr}");
        text
    };
    let group = explain("kube_linter");
    assert!(group.starts_with("kube_linter (group of "), "{group}");
    assert!(group.contains("\nprivileged_container "), "{group}");
    assert!(group.contains("    kube_linter = \"warn\"\n"), "{group}");
    assert!(!explain("reliability").contains("\nprivileged_container "));
    let all = explain("all");
    let latest_tag = all.lines().find(|line| line.starts_with("latest_tag "));
    assert!(latest_tag.is_some_and(|line| line.contains(" warn, deny here ")), "{all}");
    let standard = explain("pss/baseline/hostPorts");
    assert!(standard.contains("It can't be waived: change `pod_security`"), "{standard}");
    assert!(explain("run_as_root").contains("By default it is a warning of `check`"));
    assert!(explain("run_as_root").ends_with("    run_as_root = \"warn\"\n"));
    assert!(explain("few_replicas").ends_with("    few_replicas = \"deny\"\n"));
    let (status, _, stderr) = run(&["explain", "reliabilty"]);
    assert_eq!(status, Some(2));
    assert!(stderr.contains("no lint, group or rule `reliabilty`\n  help: use `reliability`\n"));
}
