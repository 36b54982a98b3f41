//! Objects of `tests/server` that the API server takes or refuses, each under a line that says which,
//! and of a refused one the last field of the path that the server names, where a finding names it too:
//!
//! ```yaml
//! # refused: iqn
//! {apiVersion: v1, kind: Pod, …}
//! ```
//!
//! They are the edges of rules, read from the server's validation functions; what recorded verdicts
//! show is in `tests/oracle.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may fail loudly")]

mod common;

use std::path::Path;

use reactbin_check::{Naming, Options, Severity, check_object};

/// The last field of a path, without the keys and indexes behind it.
fn last_field(path: &str) -> &str {
    let field = |path: &str| path.rfind('[').filter(|_| path.ends_with(']'));
    let mut path = path;
    while let Some(at) = field(path) {
        path = &path[..at];
    }
    path.rsplit('.').next().unwrap_or(path)
}

#[test]
fn each_object_has_the_verdict_that_it_says() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/server");
    let mut wrong = Vec::new();
    for file in std::fs::read_dir(dir).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        for case in text.split("---\n") {
            let (title, yaml) = case.split_once('\n').expect("a title above the object");
            let (tree, root) = common::from_yaml(yaml);
            let findings = check_object(&tree, root, &Options::new(Naming::Camel));
            let named: Vec<&str> = findings
                .iter()
                .filter(|finding| finding.severity == Severity::Error && !finding.waivable())
                .map(|finding| last_field(&finding.path))
                .collect();
            let right = match title.strip_prefix("# refused: ") {
                Some(field) => named.contains(&field),
                None => named.is_empty() == (title == "# accepted"),
            };
            if !right {
                wrong.push(format!("{title}, and not at {named:?}: {yaml}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.concat());
}
