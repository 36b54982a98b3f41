//! An autoscaler that goes down to one or two pods.

use super::few_replicas::LEAST;
use super::pods::{self, End};
use super::{Family, Level, Lint, off};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "few_autoscaler_replicas",
        on: "",
        severity: Severity::Warning,
        waivable: true,
        what: "An autoscaler may leave fewer than three pods.",
        source: "kube-linter: hpa-minimum-three-replicas",
        bad: "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: a}, spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: d}, minReplicas: 1, maxReplicas: 6}}",
        good: "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: a}, spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: d}, minReplicas: 3, maxReplicas: 6}}",
        check: Some(check),
    },
    level: Level::Allow,
    family: Family::Reliability,
    why: "With one pod lost and one being replaced, the third still answers.",
    kube_linter: &[off("hpa-minimum-three-replicas")],
};

fn check(cx: &mut Cx<'_>, root: Obj<'_>) {
    if !cx.is_kind(&["HorizontalPodAutoscaler"]) {
        return;
    }
    let help = "use `3` or more";
    match pods::follow(root, &["spec", "minReplicas"]) {
        End::There(node) => {
            let Some(count) = node.int().filter(|count| *count < LEAST) else { return };
            let pods = if count == 1 { "pod" } else { "pods" };
            cx.invalid(node, format!("the autoscaler may leave {count} {pods}")).help(help);
        }
        End::Missing(missing) => {
            let help = format!("add {}", cx.set("minReplicas", "3"));
            missing
                .report(cx, "the autoscaler may leave a single pod, which is the default")
                .help(help);
        }
        End::Unknown => {}
    }
}
