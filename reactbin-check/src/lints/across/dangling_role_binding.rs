//! A binding of a Role that nothing declares.

use super::fact::Needs;
use super::key::Key;
use super::query::Search;
use super::subject::Sort;
use super::{Across, Asking, Spot, Text};
use crate::finding::{Reason, Severity};
use crate::lints::{Family, Level, Lint};
use crate::rules::Rule;

pub(in crate::lints) static LINT: Lint = Lint {
    rule: Rule {
        id: "dangling_role_binding",
        on: "api.rbac.v1.RoleRef",
        severity: Severity::Warning,
        waivable: true,
        what: "The Role of a RoleBinding is declared in its namespace.",
        source: "Kubernetes: Using RBAC Authorization",
        bad: "{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: a}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: b}, subjects: [{kind: ServiceAccount, name: s}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: a}, rules: [{apiGroups: [\"\"], resources: [pods], verbs: [get]}]}",
        good: "{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: a}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: a}, subjects: [{kind: ServiceAccount, name: s}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: a}, rules: [{apiGroups: [\"\"], resources: [pods], verbs: [get]}]}",
        check: None,
    },
    level: Level::Warn,
    family: Family::Access,
    why: "The API server takes the binding, and its subjects may do nothing. ClusterRoles aren't \
          looked for, since every cluster has some.",
    kube_linter: &[],
};

pub(super) const ACROSS: Across =
    Across { lint: &LINT, of: &[Sort::Binding], needs: Needs::ROLES, ask };

fn ask(asking: &mut Asking<'_, '_>) {
    let binding = asking.subject;
    let role = binding.whole().part("roleRef");
    let reference = role.known().filter(|_| role.text("kind") == Some("Role"));
    let (Some(reference), Some(name), Some(namespace)) =
        (reference, role.text("name"), binding.namespace)
    else {
        return;
    };
    let there = Search::Named(Key::reached(&["Role"], namespace, name, None));
    let (name, within) = (name.to_owned(), binding.in_namespace());
    asking.ask(Spot::of(reference, "name"), Reason::NotFound, there.missing(), move || Text {
        path: "roleRef.name".to_owned(),
        message: format!("there is no Role `{name}`{within}"),
        help: "declare it, or name another one".to_owned(),
    });
}
