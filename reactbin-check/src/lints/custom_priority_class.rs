//! A pod of a priority that the cluster doesn't have by itself.

use super::{Family, Level, Lint, off};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "custom_priority_class",
        on: "api.core.v1.PodSpec",
        severity: Severity::Warning,
        waivable: true,
        what: "A pod has a priority class other than `system-cluster-critical` and \
               `system-node-critical`.",
        source: "kube-linter: priority-class-name; Kubernetes: Pod Priority and Preemption",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {priorityClassName: urgent, containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {priorityClassName: system-cluster-critical, containers: [{name: a, image: i}]}}",
        check: Some(check),
    },
    level: Level::Allow,
    family: Family::Reliability,
    why: "Other classes are made by each cluster: where this one is missing no pod is created, and \
          where it is high it drives out others.",
    kube_linter: &[off("priority-class-name")],
};

fn check(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let Some(node) = spec.get("priorityClassName") else { return };
    let Some(name) = node.str().filter(|name| !name.trim().is_empty()) else { return };
    if !matches!(name, "system-cluster-critical" | "system-node-critical") {
        cx.invalid(node, format!("`{name}` isn't one of the priority classes of every cluster"))
            .help("use `system-cluster-critical` or `system-node-critical`, or leave it out");
    }
}
