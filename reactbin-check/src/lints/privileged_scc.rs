//! A rule of OpenShift that lets privileged containers in.

use super::{Family, Level, Lint, off};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "privileged_scc",
        on: super::ANY_KIND,
        severity: Severity::Warning,
        waivable: true,
        what: "SecurityContextConstraints allow privileged containers.",
        source: "kube-linter: scc-deny-privileged-container; OpenShift: Managing security context \
                 constraints",
        bad: "{apiVersion: security.openshift.io/v1, kind: SecurityContextConstraints, metadata: {name: a}, allowPrivilegedContainer: true}",
        good: "{apiVersion: security.openshift.io/v1, kind: SecurityContextConstraints, metadata: {name: a}, allowPrivilegedContainer: false}",
        check: Some(check),
    },
    level: Level::Warn,
    family: Family::Security,
    why: "Who may use them may be root on every node.",
    kube_linter: &[off("scc-deny-privileged-container")],
};

fn check(cx: &mut Cx<'_>, root: Obj<'_>) {
    let of_openshift = |version: &str| version.starts_with("security.openshift.io/");
    if root.str("kind") != Some("SecurityContextConstraints")
        || !root.str("apiVersion").is_some_and(of_openshift)
    {
        return;
    }
    const FIELD: &str = "allowPrivilegedContainer";
    if let Some(node) = root.get(FIELD).filter(|node| node.bool() == Some(true)) {
        cx.invalid(node, "these constraints let privileged containers in").help("use `false`");
    }
}
