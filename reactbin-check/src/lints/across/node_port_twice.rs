//! Two Services with one port of all nodes.

use super::claims::{node_port, node_ports};
use super::fact::Needs;
use super::query::Search;
use super::subject::Sort;
use super::{Across, Asking, Spot, Text};
use crate::finding::{Reason, Severity};
use crate::lints::{Family, Level, Lint};
use crate::rules::Rule;

pub(in crate::lints) static LINT: Lint = Lint {
    rule: Rule {
        id: "node_port_twice",
        on: "api.core.v1.ServicePort",
        severity: Severity::Warning,
        waivable: true,
        what: "A node port is one Service's, of all namespaces.",
        source: "core: registry/core/service/portallocator",
        bad: "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {type: NodePort, selector: {app: a}, ports: [{port: 80, nodePort: 30080}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: b}, spec: {type: NodePort, selector: {app: b}, ports: [{port: 80, nodePort: 30080}]}}",
        good: "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {type: NodePort, selector: {app: a}, ports: [{port: 80, nodePort: 30080}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: b}, spec: {type: NodePort, selector: {app: b}, ports: [{port: 80, nodePort: 30081}]}}",
        check: None,
    },
    level: Level::Warn,
    family: Family::RunTime,
    why: "The API server refuses the second: the port is allocated already, whatever its protocol.",
    kube_linter: &[],
};

pub(super) const ACROSS: Across =
    Across { lint: &LINT, of: &[Sort::Service], needs: Needs::NODE_PORTS, ask };

fn ask(asking: &mut Asking<'_, '_>) {
    let service = asking.subject;
    let Some(than) = service.identity() else { return };
    for (place, object, field, port) in node_ports(service) {
        let other = Search::OtherClaim { what: node_port(port), than };
        asking.ask(Spot::of(object, field), Reason::Duplicate, other.found(), move || Text {
            path: match place {
                Some(place) => format!("spec.ports[{place}].{field}"),
                None => format!("spec.{field}"),
            },
            message: format!("another Service has the node port `{port}`, too"),
            help: "use another port, or leave the choice to the API server".to_owned(),
        });
    }
}
