//! A binding that makes someone master of the cluster.

use super::{Family, Level, Lint, off};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "cluster_admin_binding",
        on: "",
        severity: Severity::Warning,
        waivable: true,
        what: "Someone is bound to `cluster-admin`, who may do everything.",
        source: "kube-linter: cluster-admin-role-binding; Kubernetes: Role Based Access Control \
                 Good Practices",
        bad: "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: a}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}, subjects: [{kind: ServiceAccount, name: a, namespace: n}]}",
        good: "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: a}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}, subjects: [{kind: ServiceAccount, name: a, namespace: n}]}",
        check: Some(check),
    },
    level: Level::Warn,
    family: Family::Access,
    why: "Whoever gets hold of the account has every object, every Secret and every node of the \
          cluster.",
    kube_linter: &[off("cluster-admin-role-binding")],
};

fn check(cx: &mut Cx<'_>, root: Obj<'_>) {
    if !cx.is_kind(&["ClusterRoleBinding"]) {
        return;
    }
    let Some(role) = root.object("roleRef").filter(|role| role.str("kind") == Some("ClusterRole"))
    else {
        return;
    };
    if let Some(name) = role.get("name").filter(|name| name.str() == Some("cluster-admin")) {
        cx.invalid(name, "`cluster-admin` may do everything in the cluster")
            .help("bind a ClusterRole with the verbs and resources that are needed");
    }
}
