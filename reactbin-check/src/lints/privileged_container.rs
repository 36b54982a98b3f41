//! A container with all rights of its node.

use super::{Family, Level, Lint, on};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "privileged_container",
        on: "api.core.v1.SecurityContext",
        severity: Severity::Warning,
        waivable: true,
        what: "A container is privileged.",
        source: "kube-linter: privileged-container; Kubernetes: Pod Security Standards, baseline",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, securityContext: {privileged: true}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, securityContext: {privileged: false}}]}}",
        check: Some(check),
    },
    level: Level::Warn,
    family: Family::Security,
    why: "It has every capability and every device of the node: whoever is in it is root on the \
          node.",
    kube_linter: &[on("privileged-container")],
};

fn check(cx: &mut Cx<'_>, context: Obj<'_>) {
    if let Some(node) = context.get("privileged").filter(|node| node.bool() == Some(true)) {
        let help =
            format!("add to {} the capabilities that it needs instead", cx.f("capabilities"));
        cx.invalid(node, "a privileged container is root on its node").help(help);
    }
}
