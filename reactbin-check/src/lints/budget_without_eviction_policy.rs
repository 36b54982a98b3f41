//! A disruption budget that also protects what doesn't work.

use super::pods::{self, End};
use super::{Family, Level, Lint, on};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "budget_without_eviction_policy",
        on: "",
        severity: Severity::Warning,
        waivable: true,
        what: "A budget doesn't say whether pods that aren't ready may be evicted.",
        source: "kube-linter: pdb-unhealthy-pod-eviction-policy; Kubernetes: Specifying a \
                 Disruption Budget for your Application",
        bad: "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: a}, spec: {maxUnavailable: 1, selector: {matchLabels: {app: a}}}}",
        good: "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: a}, spec: {maxUnavailable: 1, unhealthyPodEvictionPolicy: AlwaysAllow, selector: {matchLabels: {app: a}}}}",
        check: Some(check),
    },
    level: Level::Allow,
    family: Family::Reliability,
    why: "By default a pod that crashes again and again keeps its node from being drained.",
    kube_linter: &[on("pdb-unhealthy-pod-eviction-policy")],
};

fn check(cx: &mut Cx<'_>, root: Obj<'_>) {
    if !cx.is_kind(&["PodDisruptionBudget"]) {
        return;
    }
    if let End::Missing(missing) = pods::follow(root, &["spec", "unhealthyPodEvictionPolicy"]) {
        let help = format!("add {}", cx.set("unhealthyPodEvictionPolicy", "AlwaysAllow"));
        missing.report(cx, "pods that don't work keep their node from being drained").help(help);
    }
}
