//! A pod with two PodDisruptionBudgets.

use super::fact::Needs;
use super::query::Search;
use super::subject::Sort;
use super::{Across, Asking, Text};
use crate::finding::{Reason, Severity};
use crate::lints::{Family, Level, Lint};
use crate::rules::Rule;

pub(in crate::lints) static LINT: Lint = Lint {
    rule: Rule {
        id: "two_budgets",
        on: "api.policy.v1.PodDisruptionBudgetSpec",
        severity: Severity::Warning,
        waivable: true,
        what: "A pod has one PodDisruptionBudget at most.",
        source: "Kubernetes: registry/core/pod/storage/eviction.go",
        bad: "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: a}, spec: {maxUnavailable: 1, selector: {matchLabels: {app: a}}}}
---
{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: b}, spec: {maxUnavailable: 1, selector: {matchLabels: {tier: b}}}}
---
{apiVersion: v1, kind: Pod, metadata: {name: a, labels: {app: a, tier: b}}, spec: {containers: [{name: a, image: i}]}}",
        good: "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: a}, spec: {maxUnavailable: 1, selector: {matchLabels: {app: a}}}}
---
{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: b}, spec: {maxUnavailable: 1, selector: {matchLabels: {tier: b}}}}
---
{apiVersion: v1, kind: Pod, metadata: {name: a, labels: {app: a, tier: a}}, spec: {containers: [{name: a, image: i}]}}",
        check: None,
    },
    level: Level::Warn,
    family: Family::RunTime,
    why: "The API server refuses to evict it, whatever the budgets say, so that its node can't be \
          drained.",
    kube_linter: &[],
};

pub(super) const ACROSS: Across =
    Across { lint: &LINT, of: &[Sort::Budget], needs: Needs::PODS.and(Needs::BUDGETS), ask };

fn ask(asking: &mut Asking<'_, '_>) {
    let budget = asking.subject;
    // Without a selector it covers no pod.
    let Some(_) = budget.spec.known().and_then(|spec| spec.get("selector")) else { return };
    let selector = budget.selector().known().cloned();
    let (Some(selector), Some(namespace), Some(than)) =
        (selector, budget.place(), budget.identity())
    else {
        return;
    };
    let (spot, field) = (budget.spot("selector"), asking.f("selector"));
    let other = Search::OtherBudget { namespace, selector, than };
    asking.ask(spot, Reason::Duplicate, other.found(), move || Text {
        path: "spec.selector".to_owned(),
        message: "pods of this budget are of another one, too".to_owned(),
        help: format!("let {field} leave them out in one of the two"),
    });
}
