//! A rule about pods that is about none.

use super::{Family, Level, Lint};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "term_without_selector",
        on: "api.core.v1.PodAffinityTerm api.core.v1.TopologySpreadConstraint",
        severity: Severity::Warning,
        waivable: true,
        what: "An affinity term or a spread constraint selects no pods.",
        source: "core: the warnings of GetWarningsForPod",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {topologySpreadConstraints: [{maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: ScheduleAnyway}], containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {topologySpreadConstraints: [{maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: ScheduleAnyway, labelSelector: {}}], containers: [{name: a, image: i}]}}",
        check: Some(check),
    },
    level: Level::Warn,
    family: Family::RunTime,
    why: "Without a selector it is about no pod at all, and does nothing.",
    kube_linter: &[],
};

fn check(cx: &mut Cx<'_>, term: Obj<'_>) {
    if term.is_absent("labelSelector") {
        let message = format!("without {} this is about no pods", cx.f("labelSelector"));
        cx.required(term, "labelSelector", message);
    }
}
