//! An Ingress that sends requests to a Service or port that nothing declares.

use super::fact::Needs;
use super::key::Key;
use super::part::Part;
use super::query::Search;
use super::subject::Sort;
use super::tell::PORT;
use super::{Across, Ask, Asking};
use crate::finding::{Reason, Severity};
use crate::lints::{Family, Level, Lint, off};
use crate::rules::Rule;

pub(in crate::lints) static LINT: Lint = Lint {
    rule: Rule {
        id: "dangling_ingress",
        on: "api.networking.v1.IngressBackend",
        severity: Severity::Warning,
        waivable: true,
        what: "The Service of an Ingress's backend is declared in its namespace, with that port.",
        source: "Kubernetes: Ingress; kube-linter: dangling-ingress",
        bad: "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a}, spec: {defaultBackend: {service: {name: a, port: {number: 81}}}}}
---
{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {selector: {app: a}, ports: [{name: http, port: 80}]}}",
        good: "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a}, spec: {defaultBackend: {service: {name: a, port: {number: 80}}}}}
---
{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {selector: {app: a}, ports: [{name: http, port: 80}]}}",
        check: None,
    },
    level: Level::Warn,
    family: Family::References,
    why: "Requests are answered with 503 or 404, or the controller ignores the rule.",
    kube_linter: &[off("dangling-ingress")],
};

pub(super) const ACROSS: Across = Across { lint: &LINT, needs: Needs::SERVICES, ask };

fn ask(asking: &mut Asking<'_, '_>) {
    let Some(ingress) = asking.sort(Sort::Ingress) else { return };
    let Some(namespace) = ingress.namespace else { return };
    ask_of(asking, namespace, ingress.spec.part("defaultBackend"), "spec.defaultBackend");
    for (place, rule) in ingress.spec.items("rules").enumerate() {
        for (item, path) in Part::of(rule).part("http").items("paths").enumerate() {
            let at = format!("spec.rules[{place}].http.paths[{item}].backend");
            ask_of(asking, namespace, Part::of(path).part("backend"), &at);
        }
    }
}

fn ask_of(asking: &mut Asking<'_, '_>, namespace: &str, backend: Part<'_>, at: &str) {
    // Without a Service the backend is some other object.
    let Part::Known(service) = backend.part("service") else { return };
    let port = Part::Known(service).part("port");
    let Some(name) = Part::Known(service).text("name") else { return };
    let (field, wanted) = match (port.text("name"), port.int_or("number", 0)) {
        (Some(""), Some(number)) => ("number", number.to_string()),
        (Some(name), _) if !name.is_empty() => ("name", name.to_owned()),
        _ => return,
    };
    let there = Search::Named(Key::new(&["Service"], namespace, name, None));
    asking.ask(Ask {
        place: service.place("name"),
        path: format!("{at}.service.name"),
        reason: Reason::NotFound,
        message: format!("there is no Service `{name}`{}", asking.subject.in_namespace()),
        help: "declare it, or name another one".to_owned(),
        condition: there.clone().missing(),
    });
    let place = match port.known() {
        Some(port) => port.place(field),
        None => service.place("port"),
    };
    let ask = Ask {
        place,
        path: format!("{at}.service.port.{field}"),
        reason: Reason::NotFound,
        message: format!("there is no port `{wanted}` in Service `{name}`"),
        help: "use the name or the number of one of its ports".to_owned(),
        condition: Search::Named(Key::new(&[PORT], namespace, name, Some(&wanted))).missing(),
    };
    asking.ask_both(ask, Some(there.found()));
}
