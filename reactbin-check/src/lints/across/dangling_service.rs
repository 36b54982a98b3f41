//! A Service that selects no pods.

use super::fact::Needs;
use super::labels::Asked;
use super::query::Search;
use super::subject::Sort;
use super::{Across, Asking, Text};
use crate::finding::{Reason, Severity};
use crate::lints::{Family, Level, Lint, on};
use crate::rules::Rule;

pub(in crate::lints) static LINT: Lint = Lint {
    rule: Rule {
        id: "dangling_service",
        on: "api.core.v1.ServiceSpec",
        severity: Severity::Warning,
        waivable: true,
        what: "A Service selects the pods of a workload in its namespace.",
        source: "Kubernetes: Service, Defining a Service; kube-linter: dangling-service",
        bad: "{apiVersion: v1, kind: Service, metadata: {name: a, namespace: n}, spec: {selector: {app: b}, ports: [{port: 80}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: n, labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Service, metadata: {name: a, namespace: n}, spec: {selector: {app: a}, ports: [{port: 80}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: n, labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}",
        check: None,
    },
    level: Level::Warn,
    family: Family::References,
    why: "Nobody answers at its address. One without `selector` works only if something else makes \
          its endpoints.",
    kube_linter: &[on("dangling-service")],
};

pub(super) const ACROSS: Across =
    Across { lint: &LINT, of: &[Sort::Service], needs: Needs::PODS, ask };

fn ask(asking: &mut Asking<'_, '_>) {
    let service = asking.subject;
    let Some(kind) = service.spec.text("type").filter(|kind| *kind != "ExternalName") else {
        return;
    };
    let (field, spot) = (asking.f("selector"), service.spot("selector"));
    let text = |message, help| Text { path: "spec.selector".to_owned(), message, help };
    match service.selector() {
        // A plain map of labels has no other form.
        Asked::Unknown | Asked::Refused => {}
        Asked::Known(selector) if selector.is_empty() => {
            let kind = if kind.is_empty() { "ClusterIP" } else { kind }.to_owned();
            asking.ask(spot, Reason::NotFound, Search::Anything.found(), move || {
                let message = format!("a Service of the type `{kind}` without {field} has no pods");
                text(message, format!("add {field} with the labels of its pods"))
            });
        }
        Asked::Known(selector) => {
            let Some(namespace) = service.place() else { return };
            let within = service.in_namespace();
            let pods = Search::Pods { namespace, selector: selector.clone() };
            asking.ask(spot, Reason::NotFound, pods.missing(), move || {
                let help = "use the labels and the namespace of a workload's pod template";
                text(format!("no pod{within} has the labels of {field}"), help.to_owned())
            });
        }
    }
}
