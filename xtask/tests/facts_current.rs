//! The committed table is what the program generates.

#![allow(clippy::unwrap_used)]

use std::fs;

#[test]
fn committed_table_is_current() {
    let facts = xtask::root().join(xtask::FACTS);
    assert_eq!(xtask::check(&facts), Ok(()));
}

#[test]
fn stale_table_is_found() {
    let dir = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let facts = dir.join("facts.json");
    let meta = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";
    let document = format!(
        r#"{{ "kubernetes": "0.1", "scope": [], "types": {{ "{meta}": {{ "type": "object" }} }} }}"#
    );
    fs::write(&facts, document).unwrap();
    let message = xtask::check(&facts).unwrap_err();
    assert!(message.contains("is stale: run `cargo run -p xtask -- facts "), "{message}");
}
