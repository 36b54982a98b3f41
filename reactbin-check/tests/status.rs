//! The status of an object is decoded and then replaced: only what can't be decoded is refused.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may fail loudly")]

mod common;

use reactbin_check::{Naming, Options, check_object};

/// What is refused in a Pod with this status.
fn found(status: &str) -> Vec<String> {
    let (tree, root) = common::from_yaml(&format!(
        "{{apiVersion: v1, kind: Pod, metadata: {{name: a}}, \
         spec: {{containers: [{{name: a, image: 'i:1'}}]}}, status: {status}}}"
    ));
    check_object(&tree, root, &Options::new(Naming::Camel))
        .into_iter()
        .filter(|finding| finding.level.is_none())
        .map(|finding| format!("{} {}", finding.rule, finding.path))
        .collect()
}

#[test]
fn a_value_that_no_status_has_is_taken() {
    assert_eq!(found("{phase: Lost, podIP: none, conditions: [{type: Ready}]}"), [""; 0]);
}

#[test]
fn what_cannot_be_decoded_is_refused() {
    assert_eq!(found("{phase: 1}"), ["wrong_type status.phase"]);
    assert_eq!(found("{phaze: Running}"), ["unknown_field status.phaze"]);
}

#[test]
fn what_stands_beside_a_status_is_judged_after_it() {
    let (tree, root) = common::from_yaml(
        "{apiVersion: v1, kind: Pod, metadata: {name: a}, status: {phase: Lost}, \
         spec: {restartPolicy: always, containers: [{name: a, image: 'i:1'}]}}",
    );
    let rules: Vec<&str> = check_object(&tree, root, &Options::new(Naming::Camel))
        .into_iter()
        .filter(|finding| finding.level.is_none())
        .map(|finding| finding.rule)
        .collect();
    assert_eq!(rules, ["unsupported_value"]);
}
