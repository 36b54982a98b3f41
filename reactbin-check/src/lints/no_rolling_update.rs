//! A workload that is updated all at once, or by hand.

use super::pods::{self, End};
use super::{Family, Level, Lint, off};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "no_rolling_update",
        on: "",
        severity: Severity::Warning,
        waivable: true,
        what: "A workload's pods aren't replaced a few at a time.",
        source: "kube-linter: no-rolling-update-strategy; Kubernetes: Deployments",
        bad: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {strategy: {type: Recreate}, selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}}}",
        good: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {strategy: {type: RollingUpdate}, selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}}}",
        check: Some(check),
    },
    level: Level::Allow,
    family: Family::Reliability,
    why: "With `Recreate` nothing answers during an update, and with `OnDelete` there is none.",
    kube_linter: &[off("no-rolling-update-strategy")],
};

fn check(cx: &mut Cx<'_>, root: Obj<'_>) {
    let Some(kind) = cx.kind.filter(|kind| kind.group == "apps") else { return };
    let end = match kind.kind {
        "Deployment" => pods::follow(root, &["spec", "strategy", "type"]),
        "DaemonSet" | "StatefulSet" => pods::follow(root, &["spec", "updateStrategy", "type"]),
        _ => return,
    };
    let End::There(node) = end else { return };
    let Some(ty) = node.str() else { return };
    if !matches!(ty, "" | "RollingUpdate" | "Rolling") {
        cx.invalid(node, format!("with `{ty}` the pods aren't replaced a few at a time"))
            .help("use `RollingUpdate`");
    }
}
