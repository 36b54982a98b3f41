//! A workload whose selector finds the pods of another one.

use super::fact::Needs;
use super::query::Search;
use super::subject::{Selects, Sort};
use super::{Across, Asking, Text};
use crate::finding::{Reason, Severity};
use crate::lints::{Family, Level, Lint};
use crate::rules::Rule;

pub(in crate::lints) static LINT: Lint = Lint {
    rule: Rule {
        id: "overlapping_selectors",
        on: "apimachinery.pkg.apis.meta.v1.LabelSelector",
        severity: Severity::Warning,
        waivable: true,
        what: "The selector of a workload finds its own pods only.",
        source: "Kubernetes: Deployments, Selector",
        bad: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: b}, spec: {selector: {matchLabels: {app: a, tier: b}}, template: {metadata: {labels: {app: a, tier: b}}, spec: {containers: [{name: b, image: i}]}}}}",
        good: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {selector: {matchLabels: {app: a, tier: a}}, template: {metadata: {labels: {app: a, tier: a}}, spec: {containers: [{name: a, image: i}]}}}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: b}, spec: {selector: {matchLabels: {app: a, tier: b}}, template: {metadata: {labels: {app: a, tier: b}}, spec: {containers: [{name: b, image: i}]}}}}",
        check: None,
    },
    level: Level::Warn,
    family: Family::RunTime,
    why: "Kubernetes doesn't keep two controllers from taking each other's pods for their own; an \
          autoscaler or a budget of the one counts those of the other.",
    kube_linter: &[],
};

pub(super) const ACROSS: Across =
    Across { lint: &LINT, of: &[Sort::Workload], needs: Needs::PODS, ask };

fn ask(asking: &mut Asking<'_, '_>) {
    let subject = asking.subject;
    let Some(workload) = subject.workload.filter(|workload| workload.replicas.is_some()) else {
        return;
    };
    let Selects::At(_) = workload.selector else { return };
    // An empty one is refused by the API server.
    let selector = subject.selector().known().filter(|selector| !selector.is_empty()).cloned();
    let (Some(selector), Some(namespace), Some(than)) =
        (selector, subject.place(), subject.identity())
    else {
        return;
    };
    let (spot, field) = (subject.spot("selector"), asking.f("selector"));
    let other = Search::OtherPods { namespace, selector, than };
    asking.ask(spot, Reason::Duplicate, other.found(), move || Text {
        path: "spec.selector".to_owned(),
        message: format!("{field} finds the pods of another workload, too"),
        help: "add a label that only these pods have".to_owned(),
    });
}
