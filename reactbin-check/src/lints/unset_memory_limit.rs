//! A container that may use all memory of its node.

use super::pods::{self, End};
use super::{Family, Level, Lint, on};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "unset_memory_limit",
        on: "api.core.v1.Container api.core.v1.EphemeralContainer",
        severity: Severity::Warning,
        waivable: true,
        what: "A container has no limit of memory.",
        source: "kube-linter: unset-memory-requirements; Kubernetes: Resource Management for Pods \
                 and Containers",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, resources: {limits: {memory: 128Mi}}}]}}",
        check: Some(check),
    },
    level: Level::Allow,
    family: Family::Resources,
    why: "A leak in it takes the memory of the node, and the kernel kills what it finds.",
    kube_linter: &[on("unset-memory-requirements")],
};

fn check(cx: &mut Cx<'_>, container: Obj<'_>) {
    match pods::follow(container, &["resources", "limits", "memory"]) {
        End::Missing(missing) => {
            let help = format!("add {} to its limits", cx.set("memory", "128Mi"));
            missing.report(cx, "the container may use all memory of its node").help(help);
        }
        End::There(node) if node.quantity().is_some_and(|quantity| quantity.is_zero()) => {
            cx.invalid(node, "a limit of 0 is none").help("use what it needs: `128Mi`");
        }
        _ => {}
    }
}
