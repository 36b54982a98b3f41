//! A Service that sends to a port that its pods don't have.

use super::claims::{port_name, port_number, protocol};
use super::fact::Needs;
use super::part::Part;
use super::query::Search;
use super::subject::Sort;
use super::{Across, Asking, Spot, Text};
use crate::finding::{Reason, Severity};
use crate::lints::{Family, Level, Lint};
use crate::rules::Rule;
use crate::tree::Value;

pub(in crate::lints) static LINT: Lint = Lint {
    rule: Rule {
        id: "unknown_target_port",
        on: "api.core.v1.ServicePort",
        severity: Severity::Warning,
        waivable: true,
        what: "A Service sends to a port that a container of its pods declares.",
        source: "Kubernetes: Service, Port definitions",
        bad: "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {selector: {app: a}, ports: [{port: 80, targetPort: web}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: a, labels: {app: a}}, spec: {containers: [{name: a, image: i, ports: [{name: http, containerPort: 8080}]}]}}",
        good: "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {selector: {app: a}, ports: [{port: 80, targetPort: http}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: a, labels: {app: a}}, spec: {containers: [{name: a, image: i, ports: [{name: http, containerPort: 8080}]}]}}",
        check: None,
    },
    level: Level::Warn,
    family: Family::References,
    why: "A port that is looked for by name gets no traffic. One by number may be open without being \
          declared, but where others are declared it is most likely the wrong one.",
    kube_linter: &[],
};

pub(super) const ACROSS: Across =
    Across { lint: &LINT, of: &[Sort::Service], needs: Needs::PODS, ask };

fn ask(asking: &mut Asking<'_, '_>) {
    let service = asking.subject;
    // A headless one sends nothing.
    let address = service.spec.text("clusterIP").filter(|address| *address != "None");
    let kind = service.spec.text("type").filter(|kind| *kind != "ExternalName");
    let selector = service.selector().known().filter(|selector| !selector.is_empty());
    let (Some(_), Some(_), Some(selector), Some(namespace)) =
        (address, kind, selector, service.place())
    else {
        return;
    };
    for (index, port) in service.spec.items("ports").enumerate() {
        let port = Part::of(port);
        let (Some(entry), Some(protocol)) = (port.known(), protocol(port)) else { continue };
        let (field, target) = match entry.get("targetPort") {
            Some(target) => ("targetPort", Some(target)),
            None => ("port", entry.get("port")),
        };
        let (shown, port, named) = match target.map(|node| node.value()) {
            Some(Value::Int(number)) => (number.to_string(), port_number(number), false),
            Some(Value::Str(name)) => (name.to_owned(), port_name(protocol, name), true),
            _ => continue,
        };
        let selector = selector.clone();
        let without = Search::PodsWithoutPort { namespace, selector, port, named };
        asking.ask(Spot::of(entry, field), Reason::NotFound, without.found(), move || Text {
            path: format!("spec.ports[{index}].{field}"),
            message: format!("no container of the selected pods has the port `{shown}`"),
            help: "use one of their ports, or declare this one in the container".to_owned(),
        });
    }
}
