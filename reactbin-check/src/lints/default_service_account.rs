//! A pod that acts as the account of everyone who has none.

use super::pods::{self, End};
use super::{Family, Level, Lint, off};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "default_service_account",
        on: "",
        severity: Severity::Warning,
        waivable: true,
        what: "A pod runs as the service account `default`, and gets its token.",
        source: "kube-linter: default-service-account; Kubernetes: Configure Service Accounts for \
                 Pods",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {serviceAccountName: shop, containers: [{name: a, image: i}]}}",
        check: Some(check),
    },
    level: Level::Allow,
    family: Family::Access,
    why: "Whatever that account is allowed for one pod's sake, every pod of the namespace may do.",
    kube_linter: &[off("default-service-account")],
};

fn check(cx: &mut Cx<'_>, root: Obj<'_>) {
    match pods::find(cx, root, &["spec", "automountServiceAccountToken"]) {
        End::There(node) if node.bool() == Some(true) => {}
        End::Missing(_) => {}
        _ => return,
    }
    let named = pods::find(cx, root, &["spec", "serviceAccountName"]);
    // The old field counts where the new one is absent or empty.
    let old = match named {
        End::Missing(_) => pods::find(cx, root, &["spec", "serviceAccount"]),
        End::There(node) if node.is_empty() => pods::find(cx, root, &["spec", "serviceAccount"]),
        _ => named,
    };
    let is_default = match old {
        End::There(node) => matches!(node.str(), Some("" | "default")),
        End::Missing(_) => true,
        End::Unknown => false,
    };
    if !is_default {
        return;
    }
    let message = "the pods run as the service account `default`";
    let help = format!(
        "name an account of their own in {}, or write {}",
        cx.f("serviceAccountName"),
        cx.set("automountServiceAccountToken", "false")
    );
    match (old, named) {
        (End::There(node), _) | (_, End::There(node)) => cx.invalid(node, message).help(help),
        (End::Missing(_), End::Missing(missing)) => missing.report(cx, message).help(help),
        _ => return,
    };
}
