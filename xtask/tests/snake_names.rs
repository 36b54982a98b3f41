//! The spelling of every field is k8s-openapi's, read from its source.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use xtask::names::snake_case;

#[test]
fn every_field_is_spelt_as_k8s_openapi_spells_it() {
    let names = field_names(&k8s_openapi_source().join("v1_36"));
    assert!(names.len() > 900, "only {} names found: has the source changed?", names.len());
    for (json, rust) in names {
        assert_eq!(snake_case(&json), rust, "of `{json}`");
    }
}

/// The `src` of the k8s-openapi that the workspace is built with.
fn k8s_openapi_source() -> PathBuf {
    // With the host's dependencies alone: others may not have been downloaded.
    let version = run(Command::new(env!("CARGO")).arg("-vV"));
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let metadata = run(Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--filter-platform", host])
        .current_dir(xtask::root()));
    let metadata: serde_json::Value = serde_json::from_str(&metadata).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let package = packages.iter().find(|package| package["name"] == "k8s-openapi");
    let manifest = package.expect("the workspace depends on k8s-openapi")["manifest_path"].as_str();
    Path::new(manifest.unwrap()).with_file_name("src")
}

fn run(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Each JSON name and its Rust name, from the deserialisers' lines
/// `"clusterIPs" => Field::Key_cluster_ips,`.
fn field_names(dir: &Path) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            names.extend(field_names(&path));
            continue;
        }
        for line in fs::read_to_string(&path).unwrap().lines() {
            let Some((json, rust)) = line.trim().split_once(" => Field::Key_") else {
                continue;
            };
            let rust = rust.trim_end_matches(',').trim_end_matches('_');
            names.insert(json.trim_matches('"').to_owned(), rust.to_owned());
        }
    }
    names
}
