//! A binding of a role with access to Secrets.

use super::fact::Needs;
use super::grants::{Grant, ask_of};
use super::subject::Sort;
use super::{Across, Asking};
use crate::finding::Severity;
use crate::lints::{Family, Level, Lint, off};
use crate::rules::Rule;

pub(in crate::lints) static LINT: Lint = Lint {
    rule: Rule {
        id: "binding_to_secrets",
        on: "api.rbac.v1.RoleRef",
        severity: Severity::Warning,
        waivable: true,
        what: "Few may read or change Secrets.",
        source: "CIS Kubernetes Benchmark 5.1.2; kube-linter: access-to-secrets",
        bad: "{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: a, namespace: n}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: a}, subjects: [{kind: ServiceAccount, name: s}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: a, namespace: n}, rules: [{apiGroups: [\"\"], resources: [secrets], verbs: [get]}]}",
        good: "{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: a, namespace: n}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: a}, subjects: [{kind: ServiceAccount, name: s}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: a, namespace: n}, rules: [{apiGroups: [\"\"], resources: [configmaps], verbs: [get]}]}",
        check: None,
    },
    level: Level::Allow,
    family: Family::Access,
    why: "Whoever reads the Secrets of a namespace has the tokens and passwords of all that runs there.",
    kube_linter: &[off("access-to-secrets")],
};

pub(super) const ACROSS: Across =
    Across { lint: &LINT, of: &[Sort::Binding], needs: Needs::GRANTS, ask };

fn ask(asking: &mut Asking<'_, '_>) {
    ask_of(
        asking,
        Grant::Secrets,
        "gives its subjects access to Secrets",
        "bind a role that has no rule for `secrets` or `*`",
    );
}
