//! Programs that may be missing: Python with PyYAML, and yamllint.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use reactbin_check::tree::{NodeId, Tree};
use reactbin_dsl::yaml::{Comments, write_document};

/// yamllint's preset, which allows 80 columns, and the rules about comments that it leaves out.
const NARROW: &str = "{extends: relaxed, rules: {comments: enable, comments-indentation: enable}}";
/// What manifests are usually linted with.
const WIDE: &str = "{extends: relaxed, rules: {line-length: {max: 120}}}";

fn directory(name: &str) -> PathBuf {
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("yaml").join(name);
    fs::create_dir_all(&directory).unwrap();
    directory
}

/// What a Python script with PyYAML says to an input; nothing where there is no PyYAML.
pub(crate) fn python(name: &str, script: &str, argument: &str, input: &str) -> Option<String> {
    let found = Command::new("python3").args(["-c", "import yaml"]).output();
    if !found.is_ok_and(|output| output.status.success()) {
        println!("skipped PyYAML: `python3 -c 'import yaml'` fails");
        return None;
    }
    let file = directory(name).join("input");
    fs::write(&file, input).unwrap();
    let output =
        Command::new("python3").args(["-c", script, argument]).arg(&file).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

/// Fails if yamllint has anything to say, even a warning, of any document.
pub(crate) fn assert_lint_is_silent(name: &str, documents: &[(Tree, NodeId, Comments)]) {
    if Command::new("yamllint").arg("--version").output().is_err() {
        println!("skipped yamllint: it isn't installed");
        return;
    }
    let directory = directory(name).join("lint");
    let _ = fs::remove_dir_all(&directory);
    fs::create_dir_all(&directory).unwrap();
    for (index, (tree, root, comments)) in documents.iter().enumerate() {
        let mut out = String::new();
        write_document(&mut out, tree, *root, comments);
        fs::write(directory.join(format!("{index}.yaml")), out).unwrap();
    }
    for config in [NARROW, WIDE] {
        let output = Command::new("yamllint")
            .args(["--strict", "-d", config])
            .arg(&directory)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && said.is_empty(), "{config}\n{said}");
    }
}
