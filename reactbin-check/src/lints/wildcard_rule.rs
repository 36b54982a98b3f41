//! A role that grants whatever there is.

use super::{Family, Level, Lint, off};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "wildcard_rule",
        on: "api.rbac.v1.PolicyRule",
        severity: Severity::Warning,
        waivable: true,
        what: "A role grants all resources or all verbs.",
        source: "kube-linter: wildcard-in-rules; Kubernetes: Role Based Access Control Good \
                 Practices",
        bad: "{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: a}, rules: [{apiGroups: [\"\"], resources: [pods], verbs: [\"*\"]}]}",
        good: "{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: a}, rules: [{apiGroups: [\"\"], resources: [pods], verbs: [get, list]}]}",
        check: Some(check),
    },
    level: Level::Allow,
    family: Family::Access,
    why: "It also grants what a later version of Kubernetes or a new custom kind adds.",
    kube_linter: &[off("wildcard-in-rules")],
};

fn check(cx: &mut Cx<'_>, rule: Obj<'_>) {
    for (field, what) in [("resources", "resource"), ("verbs", "verb")] {
        for node in rule.items(field).filter(|node| node.str() == Some("*")) {
            cx.invalid(node, format!("`*` is every {what}, those to come as well"))
                .help(format!("list each {what} that is needed"));
        }
    }
}
