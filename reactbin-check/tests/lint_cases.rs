//! The lints on the objects of `tests/lints`: a file for each lint, in it documents, each under a
//! line that says how many findings there are and why:
//!
//! ```yaml
//! # 1 raw: what the object shows
//! {apiVersion: v1, kind: Pod, …}
//! ```
//!
//! `UNKNOWN` is a value that isn't known yet. `raw` is a check of objects that may be wrong as well,
//! `part` one of an object that isn't all there yet, `rust` one of what Rust declares, `fragment` one
//! of the pod of a container on its own, `all` one with every lint at its default level.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may fail loudly")]

mod common;

use std::path::Path;

use common::values;
use reactbin_check::facts::type_def;
use reactbin_check::{Level, Levels, Naming, NodeId, Options, Tree, check_fragment, check_object};

/// How many findings of a lint there are in an object that is checked as the words say.
fn count(lint: &str, how: &[&str], tree: &Tree, root: NodeId) -> usize {
    let mut levels = match how.contains(&"all") {
        true => Levels::default(),
        false => Levels::of_all(Level::Allow),
    };
    levels.set(lint, levels.get(lint).max(Level::Warn)).expect("a lint of this name");
    let naming = if how.contains(&"rust") { Naming::Snake } else { Naming::Camel };
    let options = Options {
        levels: &levels,
        raw: how.contains(&"raw"),
        whole: !how.contains(&"part"),
        ..Options::new(naming)
    };
    let findings = match how.contains(&"fragment") {
        true => check_fragment(tree, root, type_def("api.core.v1.PodSpec").unwrap(), &options),
        false => check_object(tree, root, &options),
    };
    findings.iter().filter(|finding| finding.rule == lint).count()
}

#[test]
fn each_case_has_the_findings_that_it_says() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lints");
    let mut wrong = Vec::new();
    for file in std::fs::read_dir(dir).unwrap() {
        let path = file.unwrap().path();
        let lint = path.file_stem().unwrap().to_str().unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        for case in text.split("---\n") {
            let (title, yaml) = case.split_once('\n').expect("a title above the object");
            let words = title.strip_prefix("# ").and_then(|title| title.split_once(": "));
            let (words, why) = words.unwrap_or_else(|| panic!("{lint}: no title: {title}"));
            let (number, how) = words.split_once(' ').unwrap_or((words, ""));
            let how: Vec<&str> = how.split_whitespace().collect();
            let (mut tree, root) = common::from_yaml(yaml);
            for id in values(&tree, root) {
                if tree.str(id) == "UNKNOWN" {
                    tree.forget(id);
                }
            }
            let found = count(lint, &how, &tree, root);
            if found != number.parse::<usize>().expect("a number") {
                wrong.push(format!("{lint}: {found} rather than {words} ({why}) in {yaml}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.concat());
}

#[test]
fn what_two_lints_say_alike_is_told_once_by_the_weightier() {
    let (tree, root) = common::from_yaml(
        "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: 'i:1', ports: [{name: web, containerPort: 80}], livenessProbe: {httpGet: {port: wep}}}]}}",
    );
    let told = |unknown: Level, undeclared: Level| {
        let mut levels = Levels::of_all(Level::Allow);
        levels.set("unknown_port_name", unknown).unwrap();
        levels.set("undeclared_liveness_port", undeclared).unwrap();
        let options = Options { levels: &levels, raw: true, ..Options::new(Naming::Camel) };
        let findings = check_object(&tree, root, &options);
        findings.iter().map(|finding| finding.rule).collect::<Vec<_>>()
    };
    assert_eq!(told(Level::Deny, Level::Warn), ["unknown_port_name"]);
    assert_eq!(told(Level::Warn, Level::Deny), ["undeclared_liveness_port"]);
    assert_eq!(told(Level::Warn, Level::Warn), ["undeclared_liveness_port"]);
    assert_eq!(told(Level::Allow, Level::Warn), ["undeclared_liveness_port"]);
}
