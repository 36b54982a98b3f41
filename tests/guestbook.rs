//! `examples/guestbook`, the application of another team: what it declares is what its `k8s/`
//! holds. Its own build writes that; this one only compares.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may fail loudly")]

use std::fs;
use std::path::Path;

use reactbin_dsl::Values;

#[test]
fn its_k8s_is_what_it_declares() {
    let k8s = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/guestbook/k8s");
    let (manifests, warnings) = guestbook_manifests::app().manifests(&Values::new()).unwrap();
    assert!(warnings.is_empty(), "{warnings:?}");
    assert_eq!(manifests.len(), 6);
    for manifest in manifests {
        let written = fs::read_to_string(k8s.join(&manifest.path)).unwrap();
        let (_marker, text) = written.split_once('\n').unwrap();
        assert_eq!(text, manifest.text, "{}", manifest.path);
    }
}

/// Both are linked into this test, and keep to themselves.
#[test]
fn two_applications_in_one_program_do_not_mix() {
    let reactbin = reactbin_manifests::app().manifests(&Values::new()).unwrap().0;
    assert_eq!(reactbin.len(), 12);
    assert!(reactbin.iter().all(|manifest| manifest.module.starts_with("reactbin_manifests")));
    let parameters = guestbook_manifests::app().parameters();
    let names: Vec<_> = parameters.iter().map(|parameter| parameter.name).collect();
    assert_eq!(names, ["redis_memory", "replicas", "tag"]);
}
