//! An autoscaler of something that has no number of pods.

use super::{Family, Level, Lint};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "unscalable_target",
        on: "api.autoscaling.v1.CrossVersionObjectReference api.autoscaling.v2.CrossVersionObjectReference",
        severity: Severity::Warning,
        waivable: true,
        what: "An autoscaler is for a kind of which there is no scale.",
        source: "Kubernetes: Horizontal Pod Autoscaling",
        bad: "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: a}, spec: {scaleTargetRef: {apiVersion: apps/v1, kind: DaemonSet, name: d}, minReplicas: 3, maxReplicas: 6}}",
        good: "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: a}, spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: d}, minReplicas: 3, maxReplicas: 6}}",
        check: Some(check),
    },
    level: Level::Warn,
    family: Family::References,
    why: "The server takes it, and the autoscaler fails to get the scale of its target each time.",
    kube_linter: &[],
};

fn check(cx: &mut Cx<'_>, target: Obj<'_>) {
    let Some(node) = target.get("kind") else { return };
    let group = target.str("apiVersion").and_then(|version| version.split_once('/'));
    let unscalable = match (group, node.str()) {
        (Some(("apps", _)), Some("DaemonSet")) => "a DaemonSet has a pod on each node",
        (Some(("batch", _)), Some("Job" | "CronJob")) => "a Job runs to its end",
        _ => return,
    };
    cx.invalid(node, format!("{unscalable}, and can't be scaled"))
        .help("name a Deployment or a StatefulSet, or remove the autoscaler");
}
