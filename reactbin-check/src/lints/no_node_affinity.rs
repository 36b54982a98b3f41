//! A pod that says nothing of its nodes.

use super::pods::{self, End};
use super::{Family, Level, Lint, off};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "no_node_affinity",
        on: "",
        severity: Severity::Warning,
        waivable: true,
        what: "A pod has no node affinity.",
        source: "kube-linter: no-node-affinity; Kubernetes: Assigning Pods to Nodes",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {affinity: {nodeAffinity: {}}, containers: [{name: a, image: i}]}}",
        check: Some(check),
    },
    level: Level::Allow,
    family: Family::Style,
    why: "It may be put on any node, where nodes differ also on one of the wrong kind.",
    kube_linter: &[off("no-node-affinity")],
};

fn check(cx: &mut Cx<'_>, root: Obj<'_>) {
    if let End::Missing(missing) = pods::find(cx, root, &["spec", "affinity", "nodeAffinity"]) {
        let help =
            format!("add {} with the labels of the nodes that are meant", cx.f("nodeAffinity"));
        missing.report(cx, "the pods may be put on any node").help(help);
    }
}
