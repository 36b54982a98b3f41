//! A pod that shares its node's network.

use super::{Family, Level, Lint, on};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "host_network",
        on: "api.core.v1.PodSpec",
        severity: Severity::Warning,
        waivable: true,
        what: "A pod shares its node's network.",
        source: "kube-linter: host-network; Kubernetes: Pod Security Standards, baseline, host \
                 namespaces",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {hostNetwork: true, containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {hostNetwork: false, containers: [{name: a, image: i}]}}",
        check: Some(check),
    },
    level: Level::Warn,
    family: Family::Security,
    why: "It listens and speaks as the node does: past network policies, and to what only the node \
          may reach.",
    kube_linter: &[on("host-network")],
};

fn check(cx: &mut Cx<'_>, spec: Obj<'_>) {
    if let Some(node) = spec.get("hostNetwork").filter(|node| node.bool() == Some(true)) {
        cx.invalid(node, "the pod shares its node's network")
            .help("remove it, which means `false`");
    }
}
