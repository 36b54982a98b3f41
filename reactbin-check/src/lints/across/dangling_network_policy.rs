//! A NetworkPolicy for no pods.

use super::fact::Needs;
use super::labels::Asked;
use super::query::Search;
use super::subject::Sort;
use super::{Across, Asking, Text};
use crate::finding::{Reason, Severity};
use crate::lints::{Family, Level, Lint, off};
use crate::rules::Rule;

pub(in crate::lints) static LINT: Lint = Lint {
    rule: Rule {
        id: "dangling_network_policy",
        on: "api.networking.v1.NetworkPolicySpec",
        severity: Severity::Warning,
        waivable: true,
        what: "A NetworkPolicy selects the pods of a workload in its namespace.",
        source: "Kubernetes: Network Policies; kube-linter: dangling-networkpolicy",
        bad: "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a}, spec: {podSelector: {matchLabels: {app: b}}}}
---
{apiVersion: v1, kind: Pod, metadata: {name: a, labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}",
        good: "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a}, spec: {podSelector: {matchLabels: {app: a}}}}
---
{apiVersion: v1, kind: Pod, metadata: {name: a, labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}",
        check: None,
    },
    level: Level::Warn,
    family: Family::References,
    why: "It protects nothing, and the pods that it was meant for are open.",
    kube_linter: &[off("dangling-networkpolicy")],
};

pub(super) const ACROSS: Across =
    Across { lint: &LINT, of: &[Sort::NetworkPolicy], needs: Needs::PODS, ask };

fn ask(asking: &mut Asking<'_, '_>) {
    let policy = asking.subject;
    let (field, spot) = (asking.f("podSelector"), policy.spot("podSelector"));
    let text = |message| Text {
        path: "spec.podSelector".to_owned(),
        message,
        help: "use the labels and the namespace of a workload's pod template".to_owned(),
    };
    match policy.selector() {
        Asked::Unknown => {}
        Asked::Refused => {
            asking.ask(spot, Reason::Invalid, Search::Anything.found(), move || {
                text(format!("{field} is none that the API server accepts"))
            });
        }
        Asked::Known(selector) => {
            let Some(namespace) = policy.place() else { return };
            let within = policy.in_namespace();
            let pods = Search::Pods { namespace, selector: selector.clone() };
            asking.ask(spot, Reason::NotFound, pods.missing(), move || {
                text(format!("{field} selects no pod{within}"))
            });
        }
    }
}
