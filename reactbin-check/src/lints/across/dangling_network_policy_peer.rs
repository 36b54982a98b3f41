//! A peer of a NetworkPolicy that is no pod.

use super::fact::Needs;
use super::labels::Asked;
use super::part::Part;
use super::query::Search;
use super::subject::Sort;
use super::{Across, Asking, Spot, Text};
use crate::finding::{Reason, Severity};
use crate::lints::{Family, Level, Lint, off};
use crate::rules::Rule;

pub(in crate::lints) static LINT: Lint = Lint {
    rule: Rule {
        id: "dangling_network_policy_peer",
        on: "api.networking.v1.NetworkPolicyPeer",
        severity: Severity::Warning,
        waivable: true,
        what: "A peer of the NetworkPolicy's own namespace is the pods of a workload there.",
        source: "Kubernetes: Network Policies; kube-linter: dangling-networkpolicypeer-podselector",
        bad: "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a}, spec: {podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {app: b}}}]}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: a, labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}",
        good: "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a}, spec: {podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {app: a}}}]}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: a, labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}",
        check: None,
    },
    level: Level::Allow,
    family: Family::References,
    why: "Whom it was meant to let in or out is shut out: without a selector of namespaces a peer is \
          of the same one.",
    kube_linter: &[off("dangling-networkpolicypeer-podselector")],
};

pub(super) const ACROSS: Across =
    Across { lint: &LINT, of: &[Sort::NetworkPolicy], needs: Needs::PODS, ask };

fn ask(asking: &mut Asking<'_, '_>) {
    let policy = asking.subject;
    for (direction, list) in [("ingress", "from"), ("egress", "to")] {
        for (rule_place, rule) in policy.spec.items(direction).enumerate() {
            for (peer_place, peer) in Part::of(rule).items(list).enumerate() {
                let path = move || {
                    format!("spec.{direction}[{rule_place}].{list}[{peer_place}].podSelector")
                };
                ask_of(asking, Part::of(peer), path);
            }
        }
    }
}

fn ask_of(
    asking: &mut Asking<'_, '_>,
    peer: Part<'_>,
    path: impl Fn() -> String + Send + Sync + 'static,
) {
    let (Part::Absent, Part::Known(selector), Part::Known(peer)) =
        (peer.part("namespaceSelector"), peer.part("podSelector"), peer)
    else {
        return;
    };
    let policy = asking.subject;
    let (field, elsewhere) = (asking.f("podSelector"), asking.f("namespaceSelector"));
    let (condition, within) = match policy.asked(Part::Known(selector)) {
        Asked::Unknown => return,
        Asked::Refused => (Search::Anything.found(), None),
        Asked::Known(selector) => {
            let Some(namespace) = policy.place() else { return };
            (Search::Pods { namespace, selector }.missing(), Some(policy.in_namespace()))
        }
    };
    asking.ask(Spot::of(peer, "podSelector"), Reason::NotFound, condition, move || Text {
        path: path(),
        message: match &within {
            None => format!("{field} is none that the API server accepts"),
            Some(within) => format!("{field} selects no pod{within}"),
        },
        help: format!(
            "use the labels of a workload's pod template, with {elsewhere} if it is in another namespace"
        ),
    });
}
