//! An Ingress that sends requests to a Service or port that nothing declares.

use super::claims::{port_name, port_number};
use super::fact::Needs;
use super::key::Key;
use super::part::Part;
use super::query::Search;
use super::subject::Sort;
use super::tell::PORT;
use super::{Across, Asking, Spot, Text};
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

pub(super) const ACROSS: Across =
    Across { lint: &LINT, of: &[Sort::Ingress], needs: Needs::SERVICES, ask };

fn ask(asking: &mut Asking<'_, '_>) {
    let ingress = asking.subject;
    ask_of(asking, ingress.spec.part("defaultBackend"), None);
    for (place, rule) in ingress.spec.items("rules").enumerate() {
        for (item, path) in Part::of(rule).part("http").items("paths").enumerate() {
            ask_of(asking, Part::of(path).part("backend"), Some((place, item)));
        }
    }
}

/// The path of a backend of this rule and path, or of the default one.
fn path(of: Option<(usize, usize)>) -> String {
    match of {
        None => "spec.defaultBackend.service".to_owned(),
        Some((rule, path)) => format!("spec.rules[{rule}].http.paths[{path}].backend.service"),
    }
}

fn ask_of(asking: &mut Asking<'_, '_>, backend: Part<'_>, of: Option<(usize, usize)>) {
    // Without a Service the backend is some other object.
    let Part::Known(service) = backend.part("service") else { return };
    let port = Part::Known(service).part("port");
    let (Some(name), Some(namespace)) =
        (Part::Known(service).text("name"), asking.subject.namespace)
    else {
        return;
    };
    let (field, wanted, number) = match (port.text("name"), port.int_or("number", 0)) {
        (Some(""), Some(number)) => ("number", number.to_string(), port_number(number)),
        (Some(name), _) if !name.is_empty() => ("name", name.to_owned(), port_name("", name)),
        _ => return,
    };
    let there = Search::Named(Key::new(&["Service"], namespace, name, None));
    let has_port = Search::Named(Key::new(&[PORT], namespace, name, Some(number)));
    let (service_name, within) = (name.to_owned(), asking.subject.in_namespace());
    let spot = Spot::of(service, "name");
    asking.ask(spot, Reason::NotFound, there.clone().missing(), move || Text {
        path: path(of) + ".name",
        message: format!("there is no Service `{service_name}`{within}"),
        help: "declare it, or name another one".to_owned(),
    });
    let spot = match port.known() {
        Some(port) => Spot::of(port, field),
        None => Spot::of(service, "port"),
    };
    let conditions = (has_port.missing(), Some(there.found()));
    let name = name.to_owned();
    asking.ask_both(spot, Reason::NotFound, conditions, move || Text {
        path: format!("{}.port.{field}", path(of)),
        message: format!("there is no port `{wanted}` in Service `{name}`"),
        help: "use the name or the number of one of its ports".to_owned(),
    });
}
