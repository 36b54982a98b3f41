//! A Service that stands for an address as if it were a name.

use std::net::Ipv4Addr;

use super::{Family, Level, Lint};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "external_name_address",
        on: "api.core.v1.ServiceSpec",
        severity: Severity::Warning,
        waivable: true,
        what: "A Service of the type `ExternalName` has an IP address for a name.",
        source: "Kubernetes: Service, type ExternalName",
        bad: "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {type: ExternalName, externalName: 10.1.2.3}}",
        good: "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {type: ExternalName, externalName: db.example.com}}",
        check: Some(check),
    },
    level: Level::Warn,
    family: Family::RunTime,
    why: "DNS gives it out as a name made of digits, which no one resolves.",
    kube_linter: &[],
};

fn check(cx: &mut Cx<'_>, spec: Obj<'_>) {
    if spec.str("type") != Some("ExternalName") {
        return;
    }
    let Some(node) = spec.get("externalName") else { return };
    let Some(name) = node.str().filter(|name| name.parse::<Ipv4Addr>().is_ok()) else { return };
    cx.invalid(node, format!("`{name}` is an address, and is taken for a name"))
        .help("use a name, or a Service without selector and an EndpointSlice with the address");
}
