//! Two autoscalers of one workload.

use super::claims::scaled;
use super::fact::Needs;
use super::query::Search;
use super::subject::Sort;
use super::{Across, Asking, Spot, Text};
use crate::finding::{Reason, Severity};
use crate::lints::{Family, Level, Lint};
use crate::rules::Rule;

pub(in crate::lints) static LINT: Lint = Lint {
    rule: Rule {
        id: "two_autoscalers",
        on: "api.autoscaling.v1.HorizontalPodAutoscalerSpec api.autoscaling.v2.HorizontalPodAutoscalerSpec",
        severity: Severity::Warning,
        waivable: true,
        what: "A workload is scaled by one autoscaler.",
        source: "Kubernetes: podautoscaler/horizontal.go, the condition AmbiguousSelector",
        bad: "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: a}, spec: {minReplicas: 1, maxReplicas: 9, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}}}
---
{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: b}, spec: {minReplicas: 1, maxReplicas: 9, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}}}",
        good: "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: a}, spec: {minReplicas: 1, maxReplicas: 9, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}}}
---
{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: b}, spec: {minReplicas: 1, maxReplicas: 9, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: b}}}",
        check: None,
    },
    level: Level::Warn,
    family: Family::RunTime,
    why: "Neither scales it then: the controller stops where it finds another one's pods.",
    kube_linter: &[],
};

pub(super) const ACROSS: Across = Across {
    lint: &LINT,
    of: &[Sort::Autoscaler, Sort::ScaledObject],
    needs: Needs::AUTOSCALERS,
    ask,
};

fn ask(asking: &mut Asking<'_, '_>) {
    let autoscaler = asking.subject;
    let target = autoscaler.spec.part("scaleTargetRef");
    let (Some(reference), Some(name)) = (target.known(), target.text("name")) else { return };
    let (Some(what), Some(than)) = (scaled(autoscaler), autoscaler.identity()) else { return };
    let name = name.to_owned();
    let other = Search::OtherClaim { what, than };
    asking.ask(Spot::of(reference, "name"), Reason::Duplicate, other.found(), move || Text {
        path: "spec.scaleTargetRef.name".to_owned(),
        message: format!("another autoscaler scales `{name}`, too"),
        help: "make one of the two, with the metrics of both".to_owned(),
    });
}
