//! Pods that no NetworkPolicy selects.

use super::fact::Needs;
use super::labels::labels;
use super::query::Search;
use super::subject::Sort;
use super::{Across, Asking, Text};
use crate::finding::{Reason, Severity};
use crate::lints::{Family, Level, Lint, off};
use crate::rules::Rule;

pub(in crate::lints) static LINT: Lint = Lint {
    rule: Rule {
        id: "non_isolated_pod",
        on: "api.core.v1.PodSpec",
        severity: Severity::Warning,
        waivable: true,
        what: "A NetworkPolicy says who may reach a pod.",
        source: "Kubernetes: Network Policies; kube-linter: non-isolated-pod",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a, labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}
---
{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a}, spec: {podSelector: {matchLabels: {app: b}}}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a, labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}
---
{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a}, spec: {podSelector: {matchLabels: {app: a}}}}",
        check: None,
    },
    level: Level::Allow,
    family: Family::Security,
    why: "Without one every pod of the cluster may reach it, and it may reach every address.",
    kube_linter: &[off("non-isolated-pod")],
};

pub(super) const ACROSS: Across =
    Across { lint: &LINT, of: &[Sort::Workload], needs: Needs::POLICIES, ask };

fn ask(asking: &mut Asking<'_, '_>) {
    let subject = asking.subject;
    let Some(pod) = subject.pod else { return };
    let labels = labels(pod.metadata.part("labels"));
    let (Some(labels), Some(namespace)) = (labels, subject.place()) else { return };
    let policy = Search::Policy { namespace, labels };
    let (spot, place) = (pod.labels_spot(subject.root), pod.place());
    let field = asking.f("podSelector");
    asking.ask(spot, Reason::Required, policy.missing(), move || Text {
        path: place.path(&["metadata", "labels"]),
        message: "no NetworkPolicy selects pods of these labels".to_owned(),
        help: format!("declare one whose {field} has them"),
    });
}
