//! A disruption budget under which no pod may go.

use super::{Family, Level, Lint, on};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;
use crate::tree::Value;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "budget_that_blocks",
        on: "api.policy.v1.PodDisruptionBudgetSpec",
        severity: Severity::Warning,
        waivable: true,
        what: "A budget lets no pod be unavailable, so that none can be evicted.",
        source: "kube-linter: pdb-max-unavailable; Kubernetes: Specifying a Disruption Budget for \
                 your Application",
        bad: "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: a}, spec: {maxUnavailable: 0, selector: {matchLabels: {app: a}}}}",
        good: "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: a}, spec: {maxUnavailable: 1, selector: {matchLabels: {app: a}}}}",
        check: Some(check),
    },
    level: Level::Warn,
    family: Family::Reliability,
    why: "A node can't be drained while such a pod is on it, neither for an upgrade nor for a \
          repair.",
    kube_linter: &[on("pdb-max-unavailable")],
};

fn check(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let Some(node) = spec.get("maxUnavailable") else { return };
    let none = match node.value() {
        Value::Int(number) => number == 0,
        // What is no percentage can't be reckoned with, and blocks as well.
        Value::Str(text) => {
            let percent = text.strip_suffix('%').and_then(|digits| digits.parse::<i64>().ok());
            percent.is_none_or(|percent| percent == 0)
        }
        _ => false,
    };
    if none {
        let message = "no pod can be evicted, so that no node can be drained";
        cx.invalid(node, message).help("let one go: use `1`");
    }
}
