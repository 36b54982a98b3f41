//! Time and memory grow with the object, not with its square: what a manifest of a megabyte can
//! hold is checked in seconds, without optimization too.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may fail loudly")]

mod common;

use std::time::{Duration, Instant};

use reactbin_check::{Level, Levels, Naming, Options, check_object};

/// Checks an object whose part `{}` is repeated, and returns the number of findings by default.
fn check(object: &str, part: impl Fn(usize) -> String) -> usize {
    check_with(Levels::defaults(), object, part)
}

fn check_with(levels: &Levels, object: &str, part: impl Fn(usize) -> String) -> usize {
    const TIMES: usize = 20_000;
    let parts: Vec<String> = (0..TIMES).map(part).collect();
    let (tree, root) = common::from_yaml(&object.replace("{}", &parts.join(", ")));
    let started = Instant::now();
    let findings = check_object(&tree, root, &Options { levels, ..Options::new(Naming::Camel) });
    let elapsed = started.elapsed();
    assert!(elapsed < Duration::from_secs(20), "{elapsed:?} for {object}");
    findings.len()
}

const ENV: &str = "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: \"i:1\", env: [{}]}]}}";

#[test]
fn many_variables() {
    assert_eq!(check(ENV, |index| format!("{{name: X{index}, value: v}}")), 0);
}

#[test]
fn many_variables_of_one_name() {
    assert_eq!(check(ENV, |_| "{name: X, value: v}".to_owned()), 19_999);
}

#[test]
fn many_keys() {
    let object = "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {{}}}";
    assert_eq!(check(object, |index| format!("k{index}: v")), 0);
}

#[test]
fn a_long_expression() {
    let object = "{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingAdmissionPolicy, metadata: {name: a}, spec: {matchConstraints: {resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}]}, validations: [{expression: \"object.a == [{}]\"}]}}";
    assert_eq!(check(object, |index| index.to_string()), 0);
}

#[test]
fn many_variables_that_speak_of_later_ones() {
    let found = check(ENV, |index| format!("{{name: X{index}, value: $(X{})}}", index + 1));
    assert_eq!(found, 19_999);
}

#[test]
fn many_mounts_of_a_node() {
    let object = "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {volumes: [{name: v, hostPath: {path: /srv}}], containers: [{name: a, image: \"i:1\", volumeMounts: [{}]}]}}";
    let found = check_with(&Levels::of_all(Level::Warn), object, |index| {
        format!("{{name: v, mountPath: /v{index}}}")
    });
    assert!(found >= 20_000, "{found}");
}

#[test]
fn many_containers() {
    let object = "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{}]}}";
    let part = |index| {
        format!(
            "{{name: a{index}, image: i, ports: [{{containerPort: 80}}], livenessProbe: {{httpGet: {{port: 81}}}}}}"
        )
    };
    let found = check_with(&Levels::of_all(Level::Warn), object, part);
    assert!(found >= 20_000, "{found}");
}
