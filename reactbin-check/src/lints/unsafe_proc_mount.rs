//! A container that sees all of /proc.

use super::{Family, Level, Lint, off};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "unsafe_proc_mount",
        on: "api.core.v1.SecurityContext",
        severity: Severity::Warning,
        waivable: true,
        what: "A container mounts `/proc` without hiding what is dangerous in it.",
        source: "kube-linter: unsafe-proc-mount; Kubernetes: Pod Security Standards, restricted",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {hostUsers: false, containers: [{name: a, image: i, securityContext: {procMount: Unmasked}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {hostUsers: false, containers: [{name: a, image: i, securityContext: {procMount: Default}}]}}",
        check: Some(check),
    },
    level: Level::Allow,
    family: Family::Security,
    why: "There it can change parameters of the node's kernel.",
    kube_linter: &[off("unsafe-proc-mount")],
};

fn check(cx: &mut Cx<'_>, context: Obj<'_>) {
    let Some(node) = context.get("procMount") else { return };
    if node.str().is_some_and(|mount| mount.eq_ignore_ascii_case("Unmasked")) {
        cx.invalid(node, "the container sees all of `/proc`").help("use `Default`");
    }
}
