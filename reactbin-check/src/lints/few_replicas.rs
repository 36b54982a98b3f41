//! A workload of one or two pods.

use super::pods::{self, End};
use super::{Family, Level, Lint, off};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "few_replicas",
        on: "",
        severity: Severity::Warning,
        waivable: true,
        what: "A workload has fewer than three pods.",
        source: "kube-linter: minimum-three-replicas",
        bad: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {replicas: 1, selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}}}",
        good: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {replicas: 3, selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}}}",
        check: Some(check),
    },
    level: Level::Allow,
    family: Family::Reliability,
    why: "With one pod lost and one being replaced, the third still answers.",
    kube_linter: &[off("minimum-three-replicas")],
};

/// The least number of pods.
pub(super) const LEAST: i64 = 3;

fn check(cx: &mut Cx<'_>, root: Obj<'_>) {
    let Some(count) = pods::replicas(cx, root).filter(|count| *count < LEAST) else { return };
    match pods::follow(root, &["spec", "replicas"]) {
        End::There(node) => {
            let pods = if count == 1 { "pod" } else { "pods" };
            let message = format!("the workload has {count} {pods}, fewer than {LEAST}");
            cx.invalid(node, message).help("use `3` or more");
        }
        End::Missing(missing) => {
            let help = format!("add {}", cx.set("replicas", "3"));
            missing.report(cx, "the workload has a single pod, which is the default").help(help);
        }
        End::Unknown => {}
    }
}
