//! Pods of one workload that may all be on one node.

use super::across::labels::{Asked, Labels, Selector, labels};
use super::across::part::Part;
use super::pods::{self, End};
use super::{Family, Level, Lint, on};
use crate::cx::{Cx, Node, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "no_anti_affinity",
        on: "",
        severity: Severity::Warning,
        waivable: true,
        what: "A workload of several pods doesn't ask for different nodes for them.",
        source: "kube-linter: no-anti-affinity; Kubernetes: Assigning Pods to Nodes",
        bad: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {replicas: 2, selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}}}",
        good: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {replicas: 2, selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {affinity: {podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 100, podAffinityTerm: {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: a}}}}]}}, containers: [{name: a, image: i}]}}}}",
        check: Some(check),
    },
    level: Level::Allow,
    family: Family::Reliability,
    why: "When that node goes, all of them go.",
    kube_linter: &[on("no-anti-affinity")],
};

fn check(cx: &mut Cx<'_>, root: Obj<'_>) {
    let Some(count) = pods::replicas(cx, root).filter(|count| *count >= 2) else { return };
    let help = "add a term with the topology key `kubernetes.io/hostname` and the pods' own labels";
    match pods::find(cx, root, &["spec", "affinity", "podAntiAffinity"]) {
        End::Missing(missing) => {
            missing.report(cx, format!("all {count} pods may be on one node")).help(help);
        }
        End::There(node) => {
            let Some(rule) = node.object() else { return };
            if pods::template(cx, root).is_some_and(|template| !may_part(rule, template)) {
                let message = format!("no term keeps these {count} pods on different nodes");
                cx.invalid(node, message).help(help);
            }
        }
        End::Unknown => {}
    }
}

const TERMS: [&str; 2] = [
    "preferredDuringSchedulingIgnoredDuringExecution",
    "requiredDuringSchedulingIgnoredDuringExecution",
];

/// Whether a term parts the pods of this template by node, or may do so for all that is known.
fn may_part(rule: Obj<'_>, template: Obj<'_>) -> bool {
    let metadata = Part::Known(template).part("metadata");
    let Some(labels) = labels(metadata.part("labels")) else { return true };
    let namespace = metadata.text("namespace");
    TERMS.into_iter().any(|field| {
        let Some(mut terms) = Part::Known(rule).list(field) else { return true };
        terms.any(|term| {
            let Some(term) = term.object() else { return true };
            // A preferred term has its weight around it.
            let term = term.get("podAffinityTerm").map_or(Some(term), Node::object);
            term.is_none_or(|term| may_be_of(term, &labels, namespace))
        })
    })
}

/// Whether a term may be about different nodes and about pods with these labels in this namespace.
fn may_be_of(term: Obj<'_>, labels: &Labels, namespace: Option<&str>) -> bool {
    let by_node = term.str_or("topologyKey", "").map(|key| key == "kubernetes.io/hostname");
    let is_here = |list: Node<'_>| {
        let listed = |item: Node<'_>| item.is_unknown() || item.str() == namespace;
        list.is_unknown() || namespace.is_none() || list.is_empty() || list.items().any(listed)
    };
    let selects = match term.get("labelSelector") {
        // Without a selector a term is about no pods.
        None => !term.is_absent("labelSelector"),
        Some(selector) => match Selector::of(Part::of(selector)) {
            Asked::Unknown => true,
            Asked::Refused => false,
            Asked::Known(selector) => selector.matches(labels),
        },
    };
    selects && by_node != Some(false) && term.get("namespaces").is_none_or(is_here)
}
