//! What isn't known yet leads to no finding, and a container that is declared on its own is
//! checked like one in a pod.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may fail loudly")]

mod common;

use reactbin_check::facts::type_def;
use reactbin_check::{
    Entry, Finding, Naming, NodeId, Options, Severity, Tree, Value, check_fragment, check_object, rules,
};

const OPTIONS: Options = Options { naming: Naming::Camel };

/// A copy of a tree in which one node isn't known.
fn without(tree: &Tree, id: NodeId, unknown: NodeId, copy: &mut Tree) -> NodeId {
    if id == unknown {
        return copy.push_unknown();
    }
    match tree.get(id) {
        Value::Null => copy.push_null(),
        Value::Bool(value) => copy.push_bool(value),
        Value::Int(value) => copy.push_int(value),
        Value::Float(value) => copy.push_float(value),
        Value::Str(value) => copy.push_str(value),
        Value::Unknown => copy.push_unknown(),
        Value::List(items) => {
            let items: Vec<NodeId> =
                items.iter().map(|item| without(tree, *item, unknown, copy)).collect();
            copy.push_list(&items)
        }
        Value::Map(entries) => {
            let entries: Vec<Entry> = entries
                .iter()
                .map(|entry| Entry {
                    key: copy.push_str(tree.str(entry.key)),
                    value: without(tree, entry.value, unknown, copy),
                })
                .collect();
            copy.push_map(&entries)
        }
    }
}

/// The values under a node, the node left out.
fn values(tree: &Tree, id: NodeId) -> Vec<NodeId> {
    let children: Vec<NodeId> = match tree.get(id) {
        Value::List(items) => items.to_vec(),
        Value::Map(entries) => entries.iter().map(|entry| entry.value).collect(),
        _ => Vec::new(),
    };
    let below: Vec<NodeId> = children.iter().flat_map(|child| values(tree, *child)).collect();
    children.into_iter().chain(below).collect()
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
            // The examples of other rules' Secrets hold values, as they have to.
            let found: Vec<String> = check_object(&copy, copied, &OPTIONS)
                .into_iter()
                .filter(|finding| {
                    let error = finding.severity == Severity::Error && finding.rule != "plaintext_secret";
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
        .map(|ty| check_fragment(&tree, root, ty, &OPTIONS))
        .unwrap_or_default();
    findings.into_iter().map(|finding| format!("{} {}", finding.rule, finding.path)).collect()
}

#[test]
fn a_container_on_its_own_is_checked_as_in_a_pod() {
    assert_eq!(
        fragment(
            "{name: a, image: i, env: [{name: X, value: x, valueFrom: {fieldRef: {fieldPath: metadata.name}}}], livenessProbe: {tcpSocket: {port: 80}, successThreshold: 2}}"
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
            "{name: a, image: i, volumeMounts: [{name: v, mountPath: /v}], livenessProbe: {tcpSocket: {port: 80}}}"
        ),
        [""; 0]
    );
}
