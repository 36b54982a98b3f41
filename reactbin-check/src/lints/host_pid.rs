//! A pod that shares its node's processes.

use super::{Family, Level, Lint, on};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "host_pid",
        on: "api.core.v1.PodSpec",
        severity: Severity::Warning,
        waivable: true,
        what: "A pod shares its node's processes.",
        source: "kube-linter: host-pid; Kubernetes: Pod Security Standards, baseline, host \
                 namespaces",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {hostPID: true, containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {hostPID: false, containers: [{name: a, image: i}]}}",
        check: Some(check),
    },
    level: Level::Warn,
    family: Family::Security,
    why: "It sees every process of the node, and what those have in their environment.",
    kube_linter: &[on("host-pid")],
};

fn check(cx: &mut Cx<'_>, spec: Obj<'_>) {
    if let Some(node) = spec.get("hostPID").filter(|node| node.bool() == Some(true)) {
        cx.invalid(node, "the pod shares its node's processes")
            .help("remove it, which means `false`");
    }
}
