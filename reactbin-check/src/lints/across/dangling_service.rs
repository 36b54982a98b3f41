//! A Service that selects no pods.

use super::fact::Needs;
use super::labels::Asked;
use super::query::Search;
use super::subject::Sort;
use super::{Across, Ask, Asking};
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

pub(super) const ACROSS: Across = Across { lint: &LINT, needs: Needs::PODS, ask };

fn ask(asking: &mut Asking<'_, '_>) {
    let Some(service) = asking.sort(Sort::Service) else { return };
    let Some(kind) = service.spec.text("type").filter(|kind| *kind != "ExternalName") else {
        return;
    };
    let field = asking.f("selector");
    let (message, help, condition) = match service.selector() {
        Asked::Unknown => return,
        Asked::Refused => (
            format!("{field} has labels that no pod can have"),
            "write labels that the API server accepts".to_owned(),
            Search::Anything.found(),
        ),
        Asked::Known(selector) if selector.is_empty() => (
            format!("a Service of the type `{}` without {field} has no pods", or_default(kind)),
            format!("add {field} with the labels of its pods"),
            Search::Anything.found(),
        ),
        Asked::Known(selector) => {
            let Some(namespace) = service.place() else { return };
            (
                format!("no pod{} has the labels of {field}", service.in_namespace()),
                "use the labels and the namespace of a workload's pod template".to_owned(),
                Search::Pods { namespace, selector: selector.clone() }.missing(),
            )
        }
    };
    let path = "spec.selector".to_owned();
    let place = service.spec_place("selector");
    asking.ask(Ask { place, path, reason: Reason::NotFound, message, help, condition });
}

fn or_default(kind: &str) -> &str {
    if kind.is_empty() { "ClusterIP" } else { kind }
}
