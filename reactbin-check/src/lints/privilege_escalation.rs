//! A container whose programs may gain more rights than it has.

use super::{Family, Level, Lint, on};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "privilege_escalation",
        on: "api.core.v1.SecurityContext",
        severity: Severity::Warning,
        waivable: true,
        what: "A container allows its programs to gain rights: outright, by being privileged, or \
               by `SYS_ADMIN`.",
        source: "kube-linter: privilege-escalation-container; Kubernetes: Pod Security Standards, \
                 restricted",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, securityContext: {allowPrivilegeEscalation: true}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, securityContext: {allowPrivilegeEscalation: false}}]}}",
        check: Some(check),
    },
    level: Level::Allow,
    family: Family::Security,
    why: "A program with the set-user-ID bit in the image makes root of any user.",
    kube_linter: &[on("privilege-escalation-container")],
};

fn check(cx: &mut Cx<'_>, context: Obj<'_>) {
    let is_true = |field| context.get(field).filter(|node| node.bool() == Some(true));
    if let Some(node) = is_true("allowPrivilegeEscalation") {
        cx.invalid(node, "programs in the container may gain rights").help("use `false`");
    } else if let Some(node) = is_true("privileged") {
        cx.invalid(node, "programs in a privileged container may gain rights").help("use `false`");
    } else if let Some(capabilities) = context.object("capabilities")
        && let Some(node) = capabilities.items("add").find(|node| node.str() == Some("SYS_ADMIN"))
    {
        cx.invalid(node, "with `SYS_ADMIN` programs in the container may gain rights")
            .help("remove it");
    }
}
