//! Rules of Endpoints and EndpointSlice: addresses and ports.

use super::Rule;
use super::service::check_special_ip;
use crate::cx::{Cx, Node, Obj, Place};
use crate::finding::{Reason, Severity};
use crate::formats::Format;

/// The rules of this file.
pub const RULES: &[Rule] = &[
    Rule {
        id: "endpoint_address",
        on: "api.discovery.v1.EndpointSlice",
        severity: Severity::Error,
        waivable: false,
        what: "The addresses of an EndpointSlice are of its address type, and of the network.",
        source: "discovery: validateEndpoints; IsFullyQualifiedDomainName",
        bad: "{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: a}, addressType: IPv4, endpoints: [{addresses: [\"2001:db8::1\"]}]}",
        good: "{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: a}, addressType: IPv4, endpoints: [{addresses: [192.0.2.1]}]}",
        check: Some(check_slice),
    },
    Rule {
        id: "endpoint_subset",
        on: "api.core.v1.EndpointSubset",
        severity: Severity::Error,
        waivable: false,
        what: "A subset of Endpoints has addresses of the network, and names where it has several ports.",
        source: "core: validateEndpointSubsets",
        bad: "{apiVersion: v1, kind: Endpoints, metadata: {name: a}, subsets: [{ports: [{port: 80}]}]}",
        good: "{apiVersion: v1, kind: Endpoints, metadata: {name: a}, subsets: [{addresses: [{ip: 192.0.2.1}], ports: [{port: 80}]}]}",
        check: Some(check_subset),
    },
    Rule {
        id: "endpoint_port_names",
        on: "api.discovery.v1.EndpointSlice",
        severity: Severity::Error,
        waivable: false,
        what: "The ports of an EndpointSlice have different names; at most one has none.",
        source: "discovery: validatePorts",
        bad: "{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: a}, addressType: IPv4, endpoints: [], ports: [{name: a, port: 1}, {name: a, port: 2}]}",
        good: "{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: a}, addressType: IPv4, endpoints: [], ports: [{name: a, port: 1}, {port: 2}]}",
        check: Some(check_port_names),
    },
];

fn check_port_names(cx: &mut Cx<'_>, slice: Obj<'_>) {
    let mut seen: Vec<(&str, Obj<'_>)> = Vec::new();
    for port in slice.objects("ports") {
        let Some(name) = port.str_or("name", "") else { continue };
        match seen.iter().find(|(other, _)| *other == name) {
            None => seen.push((name, port)),
            Some((_, first)) => {
                let message = match name {
                    "" => "a second port without a name".to_owned(),
                    name => format!("a second port has the name `{name}`"),
                };
                let first = first.id;
                cx.report(Reason::Duplicate, port.place("name"), message)
                    .help("give it another name")
                    .related(first, "the first is here");
            }
        }
    }
}

fn check_subset(cx: &mut Cx<'_>, subset: Obj<'_>) {
    if subset.is_unset("addresses") && subset.is_unset("notReadyAddresses") {
        let message =
            format!("a subset needs {} or {}", cx.f("addresses"), cx.f("notReadyAddresses"));
        cx.report(Reason::Required, Place::Value(subset.id), message);
    }
    for address in subset.objects("addresses").chain(subset.objects("notReadyAddresses")) {
        if let Some(ip) = address.get("ip") {
            check_special_ip(cx, ip, "an endpoint");
        }
    }
    if subset.items("ports").count() > 1 {
        for port in subset.objects("ports").filter(|port| port.is_unset("name")) {
            let message = format!("each of several ports needs {}", cx.f("name"));
            cx.required(port, "name", message);
        }
    }
}

fn check_slice(cx: &mut Cx<'_>, slice: Obj<'_>) {
    let Some(kind @ ("IPv4" | "IPv6" | "FQDN")) = slice.str("addressType") else { return };
    for node in slice.objects("endpoints").flat_map(|endpoint| endpoint.items("addresses")) {
        let Some(text) = node.item_str() else { continue };
        if kind == "FQDN" {
            check_domain_name(cx, node, text);
        } else if let Err(violation) = Format::Ip.check(text) {
            cx.invalid(node, violation.message).help(format!("write {}", Format::Ip.describe()));
        } else if text.contains(':') != (kind == "IPv6") {
            cx.invalid(node, format!("`{text}` isn't an {kind} address"));
        } else {
            check_special_ip(cx, node, "an endpoint");
        }
    }
}

/// A name with a domain, whose parts are DNS labels; a dot may end it.
fn check_domain_name(cx: &mut Cx<'_>, node: Node<'_>, text: &str) {
    let name = text.strip_suffix('.').unwrap_or(text);
    let fault = match Format::DnsSubdomain.check(name) {
        Err(violation) => violation.message,
        Ok(()) if !name.contains('.') => format!("`{text}` has no domain"),
        Ok(()) => match name.split('.').find_map(|part| Format::DnsLabel.check(part).err()) {
            Some(violation) => violation.message,
            None => return,
        },
    };
    cx.invalid(node, fault).help("write a whole name, such as `db.example.com`");
}
