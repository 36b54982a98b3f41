//! What isn't known yet leads to no finding, and a container that is declared on its own is
//! checked like one in a pod.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may fail loudly")]

mod common;

use common::{values, without};

use reactbin_check::facts::type_def;
use reactbin_check::{
    Finding, Naming, Options, Severity, Tree, check_fragment, check_object, rules,
};

fn options() -> Options<'static> {
    Options::new(Naming::Camel)
}

#[test]
fn an_unknown_value_in_a_good_object_leads_to_no_finding() {
    for rule in rules::all() {
        let (tree, root) = common::from_yaml(rule.good);
        for id in values(&tree, root) {
            let is_kind =
                ["apiVersion", "kind"].iter().any(|key| tree.at(root, &[key]) == Some(id));
            if is_kind {
                continue;
            }
            let mut copy = Tree::new();
            let copied = without(&tree, root, id, &mut copy);
            let found: Vec<String> = check_object(&copy, copied, &options())
                .into_iter()
                .filter(|finding| {
                    let error = finding.severity == Severity::Error && finding.level.is_none();
                    error || finding.rule == rule.id && rule.severity == Severity::Warning
                })
                .map(describe)
                .collect();
            assert!(found.is_empty(), "{:?} is unknown in {}: {found:?}", tree.get(id), rule.good);
        }
    }
}

fn describe(finding: Finding) -> String {
    format!("{} {}: {}", finding.rule, finding.path, finding.message)
}

fn fragment(yaml: &str) -> Vec<String> {
    let (tree, root) = common::from_yaml(yaml);
    let findings = type_def("api.core.v1.Container")
        .map(|ty| check_fragment(&tree, root, ty, &options()))
        .unwrap_or_default();
    findings.into_iter().map(|finding| format!("{} {}", finding.rule, finding.path)).collect()
}

#[test]
fn a_container_on_its_own_is_checked_as_in_a_pod() {
    assert_eq!(
        fragment(
            "{name: a, image: 'i:1', env: [{name: X, value: x, valueFrom: {fieldRef: {fieldPath: metadata.name}}}], livenessProbe: {tcpSocket: {port: 80}, successThreshold: 2}}"
        ),
        [
            "env_value_and_source env[0].valueFrom",
            "success_threshold livenessProbe.successThreshold"
        ]
    );
}

#[test]
fn a_container_on_its_own_may_use_volumes_of_the_pod_to_come() {
    assert_eq!(
        fragment(
            "{name: a, image: 'i:1', volumeMounts: [{name: v, mountPath: /v}], livenessProbe: {tcpSocket: {port: 80}}}"
        ),
        [""; 0]
    );
}
