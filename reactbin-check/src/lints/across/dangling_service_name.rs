//! A StatefulSet whose Service isn't there, or is someone else's.

use super::fact::Needs;
use super::key::Key;
use super::labels::labels;
use super::query::Search;
use super::subject::Sort;
use super::{Across, Asking, Text};
use crate::finding::{Reason, Severity};
use crate::lints::{Family, Level, Lint};
use crate::rules::Rule;

pub(in crate::lints) static LINT: Lint = Lint {
    rule: Rule {
        id: "dangling_service_name",
        on: "api.apps.v1.StatefulSetSpec",
        severity: Severity::Warning,
        waivable: true,
        what: "The Service of a StatefulSet is declared, and selects its pods.",
        source: "Kubernetes: StatefulSets, Stable Network ID",
        bad: "{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: a}, spec: {serviceName: b, selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}}}
---
{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {clusterIP: None, selector: {app: a}}}",
        good: "{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: a}, spec: {serviceName: a, selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}}}
---
{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {clusterIP: None, selector: {app: a}}}",
        check: None,
    },
    level: Level::Warn,
    family: Family::References,
    why: "The pods have no names in DNS then, by which they and others find them.",
    kube_linter: &[],
};

pub(super) const ACROSS: Across =
    Across { lint: &LINT, of: &[Sort::Workload], needs: Needs::SERVICES.and(Needs::BACKS), ask };

fn ask(asking: &mut Asking<'_, '_>) {
    let subject = asking.subject;
    let Some(pod) = subject.pod.filter(|_| subject.kind == "StatefulSet") else { return };
    let name = subject.spec.text("serviceName").filter(|name| !name.is_empty());
    let (Some(name), Some(namespace)) = (name, subject.namespace) else { return };
    let there = Search::Named(Key::reached(&["Service"], namespace, name, None));
    let (spot, field) = (subject.spot("serviceName"), asking.f("selector"));
    let text = |message, help| Text { path: "spec.serviceName".to_owned(), message, help };
    let (of, within) = (name.to_owned(), subject.in_namespace());
    asking.ask(spot, Reason::NotFound, there.clone().missing(), move || {
        let help = format!("declare it, headless and with the labels of the pods in {field}");
        text(format!("there is no Service `{of}`{within}"), help)
    });
    let Some(labels) = labels(pod.metadata.part("labels")) else { return };
    let backing = Search::backing(namespace, name, labels);
    let conditions = (backing.missing(), Some(there.found()));
    let of = name.to_owned();
    asking.ask_both(spot, Reason::NotFound, conditions, move || {
        let message =
            format!("these pods aren't of Service `{of}`: its {field} asks for other labels");
        text(message, format!("name a Service that has their labels in {field}"))
    });
}
