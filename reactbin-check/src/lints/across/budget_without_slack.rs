//! A PodDisruptionBudget that lets no pod go.

use super::fact::Needs;
use super::labels::Asked;
use super::query::{Least, Search};
use super::subject::Sort;
use super::{Across, Asking, Text};
use crate::cx::{Cx, Node, Obj};
use crate::finding::{Reason, Severity};
use crate::lints::{Family, Level, Lint, on};
use crate::rules::Rule;
use crate::tree::Value;

pub(in crate::lints) static LINT: Lint = Lint {
    rule: Rule {
        id: "budget_without_slack",
        on: "api.policy.v1.PodDisruptionBudgetSpec",
        severity: Severity::Warning,
        waivable: true,
        what: "A workload has more pods than its PodDisruptionBudget keeps.",
        source: "Kubernetes: Specifying a Disruption Budget for your Application; kube-linter: pdb-min-available",
        bad: "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: a}, spec: {minAvailable: 2, selector: {matchLabels: {app: a}}}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {replicas: 2, selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}}}",
        good: "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: a}, spec: {minAvailable: 2, selector: {matchLabels: {app: a}}}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {replicas: 3, selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}}}",
        check: Some(check),
    },
    level: Level::Warn,
    family: Family::Reliability,
    why: "No pod can be evicted then, so that no node on which one runs can be drained.",
    kube_linter: &[on("pdb-min-available")],
};

pub(super) const ACROSS: Across =
    Across { lint: &LINT, of: &[Sort::Budget], needs: Needs::COVERS, ask };

/// How many pods must stay; `None` for what is neither a number nor a percentage.
fn least(node: Node<'_>) -> Option<Least> {
    let number = |text: &str| text.parse::<i64>().ok();
    match node.value() {
        Value::Int(pods) => Some(Least::Number(pods)),
        Value::Str(text) => match text.strip_suffix('%') {
            Some(percent) => number(percent).map(Least::Percent),
            None => number(text).map(Least::Number),
        },
        _ => None,
    }
}

/// What the budget can tell by itself.
fn check(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let Some(node) = spec.get("minAvailable").filter(|node| !node.is_unknown()) else { return };
    let field = cx.f("minAvailable");
    let let_one_go = format!("let one go: `{}: 1`", cx.naming.name("maxUnavailable"));
    match least(node) {
        None => {
            let message = format!("{field} is neither a number nor a percentage");
            cx.invalid(node, message).help("write a number, or one with `%`");
        }
        Some(Least::Percent(100)) => {
            cx.invalid(node, format!("{field} of all pods lets none be evicted")).help(let_one_go);
        }
        Some(_) if spec.is_absent("selector") => {
            let message = format!("a budget without {} keeps no pod", cx.f("selector"));
            cx.required(spec, "selector", message);
        }
        Some(_) => {}
    }
}

fn ask(asking: &mut Asking<'_, '_>) {
    let budget = asking.subject;
    let Some(spec) = budget.spec.known().filter(|spec| spec.get("selector").is_some()) else {
        return;
    };
    let least = spec.get("minAvailable").and_then(least);
    let Some(least) = least.filter(|least| *least != Least::Percent(100)) else { return };
    let (field, selector_field) = (asking.f("minAvailable"), asking.f("selector"));
    let selector = match budget.selector() {
        Asked::Unknown => return,
        Asked::Refused => {
            let spot = budget.spot("selector");
            return asking.ask(spot, Reason::Invalid, Search::Anything.found(), move || Text {
                path: "spec.selector".to_owned(),
                message: format!("{selector_field} is none that the API server accepts"),
                help: "write labels and operators that it accepts".to_owned(),
            });
        }
        Asked::Known(selector) => selector,
    };
    let Some(namespace) = budget.place() else { return };
    let spot = budget.spot("minAvailable");
    let text = |message, help| Text { path: "spec.minAvailable".to_owned(), message, help };
    let exhausted = |said| {
        let selector = selector.clone();
        Search::Exhausted { namespace, selector, least, said }.found()
    };
    asking.ask(spot, Reason::Invalid, exhausted(true), move || {
        let message = format!("a workload of this budget has no more pods than {field} keeps");
        text(message, "keep fewer pods, or run more of them".to_owned())
    });
    asking.ask(spot, Reason::Invalid, exhausted(false), move || {
        let message =
            format!("a DaemonSet or Job of this budget has no replicas to count {field} by");
        text(message, format!("let {selector_field} leave it out"))
    });
}
