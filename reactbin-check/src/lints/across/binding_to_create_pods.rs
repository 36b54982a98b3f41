//! A binding of a role that may create pods.

use super::fact::Needs;
use super::grants::{Grant, ask_of};
use super::subject::Sort;
use super::{Across, Asking};
use crate::finding::Severity;
use crate::lints::{Family, Level, Lint, off};
use crate::rules::Rule;

pub(in crate::lints) static LINT: Lint = Lint {
    rule: Rule {
        id: "binding_to_create_pods",
        on: "api.rbac.v1.RoleRef",
        severity: Severity::Warning,
        waivable: true,
        what: "Few may create pods, or what makes pods.",
        source: "CIS Kubernetes Benchmark 5.1.4; kube-linter: access-to-create-pods",
        bad: "{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: a, namespace: n}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: a}, subjects: [{kind: ServiceAccount, name: s}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: a, namespace: n}, rules: [{apiGroups: [\"\"], resources: [pods], verbs: [create]}]}",
        good: "{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: a, namespace: n}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: a}, subjects: [{kind: ServiceAccount, name: s}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: a, namespace: n}, rules: [{apiGroups: [\"\"], resources: [pods], verbs: [get]}]}",
        check: None,
    },
    level: Level::Allow,
    family: Family::Access,
    why: "Whoever creates a pod can run it as any ServiceAccount of the namespace, with any of its Secrets.",
    kube_linter: &[off("access-to-create-pods")],
};

pub(super) const ACROSS: Across =
    Across { lint: &LINT, of: &[Sort::Binding], needs: Needs::GRANTS, ask };

fn ask(asking: &mut Asking<'_, '_>) {
    ask_of(
        asking,
        Grant::CreatePods,
        "lets its subjects create pods",
        "bind a role that has no `create` on pods and on what makes them",
    );
}
