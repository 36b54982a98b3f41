//! A pod that shares its node's shared memory and message queues.

use super::{Family, Level, Lint, on};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "host_ipc",
        on: "api.core.v1.PodSpec",
        severity: Severity::Warning,
        waivable: true,
        what: "A pod shares its node's shared memory and message queues.",
        source: "kube-linter: host-ipc; Kubernetes: Pod Security Standards, baseline, host \
                 namespaces",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {hostIPC: true, containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {hostIPC: false, containers: [{name: a, image: i}]}}",
        check: Some(check),
    },
    level: Level::Warn,
    family: Family::Security,
    why: "It reads and writes what other programs of the node keep in shared memory.",
    kube_linter: &[on("host-ipc")],
};

fn check(cx: &mut Cx<'_>, spec: Obj<'_>) {
    if let Some(node) = spec.get("hostIPC").filter(|node| node.bool() == Some(true)) {
        cx.invalid(node, "the pod shares its node's shared memory and message queues")
            .help("remove it, which means `false`");
    }
}
