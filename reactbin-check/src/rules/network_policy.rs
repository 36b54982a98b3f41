//! Rules of NetworkPolicy: its peers and ports.

use std::net::IpAddr;

use super::Rule;
use crate::cx::{Cx, Obj, Place};
use crate::finding::{Reason, Severity};
use crate::tree::Value;

/// The rules of this file.
pub const RULES: &[Rule] = &[
    Rule {
        id: "end_port",
        on: "api.networking.v1.NetworkPolicyPort",
        severity: Severity::Error,
        waivable: false,
        what: "The end of a range of ports needs a number as its start, and isn't below it.",
        source: "networking: ValidateNetworkPolicyPort",
        bad: "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a}, spec: {podSelector: {}, ingress: [{ports: [{port: 90, endPort: 80}]}]}}",
        good: "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a}, spec: {podSelector: {}, ingress: [{ports: [{port: 80, endPort: 90}]}]}}",
        check: Some(check_end_port),
    },
    Rule {
        id: "except_outside_cidr",
        on: "api.networking.v1.IPBlock",
        severity: Severity::Error,
        waivable: false,
        what: "An exception of an IP block lies inside the block, and isn't all of it.",
        source: "networking: ValidateIPBlock",
        bad: "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a}, spec: {podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [192.168.0.0/16]}}]}]}}",
        good: "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a}, spec: {podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}]}]}}",
        check: Some(check_exceptions),
    },
    Rule {
        id: "network_policy_peer",
        on: "api.networking.v1.NetworkPolicyPeer",
        severity: Severity::Error,
        waivable: false,
        what: "A peer is an IP block, or it is pods and namespaces by selector.",
        source: "networking: ValidateNetworkPolicyPeer",
        bad: "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a}, spec: {podSelector: {}, ingress: [{from: [{}]}]}}",
        good: "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a}, spec: {podSelector: {}, ingress: [{from: [{podSelector: {}}]}]}}",
        check: Some(check_peer),
    },
];

fn check_peer(cx: &mut Cx<'_>, peer: Obj<'_>) {
    let selector =
        ["podSelector", "namespaceSelector"].into_iter().find(|field| peer.get(field).is_some());
    match (peer.get("ipBlock"), selector) {
        (None, None) => {
            let fields = ["podSelector", "namespaceSelector", "ipBlock"];
            if fields.iter().all(|field| peer.is_absent(field)) {
                let help =
                    format!("give {}, {} or {}", cx.f(fields[0]), cx.f(fields[1]), cx.f(fields[2]));
                cx.report(
                    Reason::Required,
                    Place::Missing(peer.id, ""),
                    "a peer that matches nothing and nobody",
                )
                .help(help);
            }
        }
        (Some(block), Some(selector)) if !block.is_unknown() => {
            let message = format!("{} can't stand beside {}", cx.f("ipBlock"), cx.f(selector));
            cx.forbidden(peer, "ipBlock", message).help("make it a peer of its own");
        }
        _ => {}
    }
}

fn check_end_port(cx: &mut Cx<'_>, range: Obj<'_>) {
    let Some(end) = range.get("endPort") else { return };
    let Some(last) = end.int() else { return };
    let message = match range.get("port").map(|port| port.value()) {
        None if range.is_absent("port") => format!("{} needs {}", cx.f("endPort"), cx.f("port")),
        Some(Value::Str(_)) => {
            format!("{} needs a {} that is a number", cx.f("endPort"), cx.f("port"))
        }
        Some(Value::Int(first)) if last < first => {
            format!("`{last}` is below {}, which is {first}", cx.f("port"))
        }
        _ => return,
    };
    let help = format!(
        "remove {}, or let {} be a number that isn't above it",
        cx.f("endPort"),
        cx.f("port")
    );
    cx.invalid(end, message).help(help);
}

/// The address and length of a CIDR block that has been checked already.
fn parse_cidr(text: &str) -> Option<(IpAddr, u32)> {
    let (ip, length) = text.split_once('/')?;
    Some((ip.parse().ok()?, length.parse().ok()?))
}

/// Whether the block `outer` holds the address.
fn holds(outer: (IpAddr, u32), ip: IpAddr) -> bool {
    let differing = match (outer.0, ip) {
        (IpAddr::V4(a), IpAddr::V4(b)) => (a.to_bits() ^ b.to_bits()).leading_zeros(),
        (IpAddr::V6(a), IpAddr::V6(b)) => (a.to_bits() ^ b.to_bits()).leading_zeros(),
        _ => return false,
    };
    differing >= outer.1
}

fn check_exceptions(cx: &mut Cx<'_>, block: Obj<'_>) {
    let Some(cidr) = block.get("cidr") else { return };
    let Some(outer) = cidr.str().and_then(parse_cidr) else { return };
    for node in block.items("except") {
        let Some(inner) = node.str().and_then(parse_cidr) else { continue };
        if !holds(outer, inner.0) || inner.1 <= outer.1 {
            let message =
                format!("`{}/{}` isn't a part of `{}/{}`", inner.0, inner.1, outer.0, outer.1);
            cx.invalid(node, message)
                .help(format!("use a smaller block inside `{}/{}`", outer.0, outer.1))
                .related(cidr.id, "the block that it is an exception of is here");
        }
    }
}
