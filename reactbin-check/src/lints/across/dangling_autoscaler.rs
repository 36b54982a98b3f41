//! An autoscaler of something that nothing declares.

use super::fact::Needs;
use super::key::Key;
use super::query::Search;
use super::subject::Sort;
use super::tell::TARGET;
use super::{Across, Asking, Spot, Text};
use crate::finding::{Reason, Severity};
use crate::lints::{Family, Level, Lint, off};
use crate::rules::Rule;

pub(in crate::lints) static LINT: Lint = Lint {
    rule: Rule {
        id: "dangling_autoscaler",
        on: "api.autoscaling.v1.HorizontalPodAutoscalerSpec api.autoscaling.v2.HorizontalPodAutoscalerSpec",
        severity: Severity::Warning,
        waivable: true,
        what: "What an autoscaler scales is declared.",
        source: "Kubernetes: Horizontal Pod Autoscaling; kube-linter: dangling-horizontalpodautoscaler",
        bad: "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: a}, spec: {minReplicas: 1, maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: b}}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}}}",
        good: "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: a}, spec: {minReplicas: 1, maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}}}",
        check: None,
    },
    level: Level::Warn,
    family: Family::References,
    why: "It scales nothing, and the workload that it was meant for keeps its size.",
    kube_linter: &[off("dangling-horizontalpodautoscaler")],
};

pub(super) const ACROSS: Across =
    Across { lint: &LINT, of: &[Sort::Autoscaler], needs: Needs::TARGETS, ask };

fn ask(asking: &mut Asking<'_, '_>) {
    let autoscaler = asking.subject;
    let target = autoscaler.spec.part("scaleTargetRef");
    let texts = ["apiVersion", "kind", "name"].map(|field| target.text(field));
    let ([Some(version), Some(kind), Some(name)], Some(namespace)) = (texts, autoscaler.namespace)
    else {
        return;
    };
    let spot = match target.known() {
        Some(target) => Spot::of(target, "name"),
        None => autoscaler.spot("scaleTargetRef"),
    };
    let there = Search::Named(Key::reached(&[TARGET, version, kind], namespace, name, None));
    let field = asking.f("scaleTargetRef");
    let [version, kind, name] = [version, kind, name].map(str::to_owned);
    asking.ask(spot, Reason::NotFound, there.missing(), move || Text {
        path: "spec.scaleTargetRef.name".to_owned(),
        message: match name.as_str() {
            "" => format!("{field} names nothing that could be scaled"),
            name => format!("there is no {kind} `{name}` of `{version}`"),
        },
        help: format!("declare it, or name another workload in {field}"),
    });
}
