//! Rules of claims of devices: how many are asked for, and which requests other parts of a claim mean.

use super::Rule;
use crate::cx::{Cx, Node, Obj};
use crate::finding::Severity;
use crate::formats::Format;

/// The rules of this file.
pub const RULES: &[Rule] = &[
    Rule {
        id: "device_constraint",
        on: "api.resource.v1.DeviceConstraint",
        severity: Severity::Error,
        waivable: false,
        what: "A constraint on devices names an attribute, with the domain of its driver.",
        source: "resource: validateDeviceConstraint, validateFullyQualifiedName",
        bad: "{apiVersion: resource.k8s.io/v1, kind: ResourceClaim, metadata: {name: a}, spec: {devices: {requests: [{name: r, exactly: {deviceClassName: c}}], constraints: [{requests: [r], matchAttribute: numa}]}}}",
        good: "{apiVersion: resource.k8s.io/v1, kind: ResourceClaim, metadata: {name: a}, spec: {devices: {requests: [{name: r, exactly: {deviceClassName: c}}], constraints: [{requests: [r], matchAttribute: example.com/numa}]}}}",
        check: Some(check_constraint),
    },
    Rule {
        id: "device_count",
        on: "api.resource.v1.ExactDeviceRequest api.resource.v1.DeviceSubRequest",
        severity: Severity::Error,
        waivable: false,
        what: "A request for all devices doesn't say how many.",
        source: "resource: validateDeviceAllocationMode",
        bad: "{apiVersion: resource.k8s.io/v1, kind: ResourceClaim, metadata: {name: a}, spec: {devices: {requests: [{name: r, exactly: {deviceClassName: c, allocationMode: All, count: 2}}]}}}",
        good: "{apiVersion: resource.k8s.io/v1, kind: ResourceClaim, metadata: {name: a}, spec: {devices: {requests: [{name: r, exactly: {deviceClassName: c, allocationMode: All}}]}}}",
        check: Some(check_count),
    },
    Rule {
        id: "device_request_names",
        on: "api.resource.v1.DeviceClaim",
        severity: Severity::Error,
        waivable: false,
        what: "The requests of a claim have different names, and what speaks of one uses its name.",
        source: "resource: validateDeviceClaim, validateRequestNameRef",
        bad: "{apiVersion: resource.k8s.io/v1, kind: ResourceClaim, metadata: {name: a}, spec: {devices: {requests: [{name: r, exactly: {deviceClassName: c}}], constraints: [{requests: [s], matchAttribute: example.com/numa}]}}}",
        good: "{apiVersion: resource.k8s.io/v1, kind: ResourceClaim, metadata: {name: a}, spec: {devices: {requests: [{name: r, exactly: {deviceClassName: c}}], constraints: [{requests: [r], matchAttribute: example.com/numa}]}}}",
        check: Some(check_names),
    },
];

fn check_constraint(cx: &mut Cx<'_>, constraint: Obj<'_>) {
    let fields = ["matchAttribute", "distinctAttribute"];
    if fields.iter().all(|field| constraint.is_absent(field)) {
        let message = format!("a constraint needs {}", cx.f("matchAttribute"));
        cx.required(constraint, "matchAttribute", message);
    }
    for field in fields {
        let Some(node) = constraint.get(field) else { continue };
        let Some(name) = node.str() else { continue };
        match name.split_once('/') {
            Some((domain, id))
                if Format::DnsSubdomain.check(domain).is_ok()
                    && Format::CIdentifier.check(id).is_ok()
                    && !id.is_empty()
                    && domain.len() <= 63
                    && id.len() <= 32 => {}
            _ => {
                cx.invalid(node, format!("`{name}` isn't the name of an attribute in a domain"))
                    .help("write a domain, `/` and the attribute: `gpu.example.com/model`");
            }
        }
    }
}

fn check_count(cx: &mut Cx<'_>, request: Obj<'_>) {
    if request.str("allocationMode") == Some("All")
        && let Some(node) = request.get("count").filter(|node| node.int().is_some_and(|n| n != 0))
    {
        cx.invalid(node, "all devices are asked for, whatever their number").help("remove it");
    }
}

fn check_names(cx: &mut Cx<'_>, claim: Obj<'_>) {
    check_unique(cx, claim, "requests");
    for request in claim.objects("requests") {
        check_unique(cx, request, "firstAvailable");
    }
    if claim.has_unknown("requests") {
        return;
    }
    let mut names: Vec<String> = Vec::new();
    for request in claim.objects("requests") {
        let Some(name) = request.str("name") else { continue };
        names.push(name.to_owned());
        let subs = request.objects("firstAvailable").filter_map(|sub| sub.str("name"));
        names.extend(subs.map(|sub| format!("{name}/{sub}")));
    }
    for user in claim.objects("constraints").chain(claim.objects("config")) {
        let mut seen: Vec<(&str, Node<'_>)> = Vec::new();
        for node in user.items("requests") {
            let Some(name) = node.str() else { continue };
            if let Some((_, first)) = seen.iter().find(|(other, _)| *other == name) {
                cx.duplicate(node, *first, format!("`{name}` is named already"));
            } else if !names.iter().any(|other| other == name) {
                cx.invalid(node, format!("the claim has no request `{name}`"))
                    .help("use the name of a request, or of a part of one: `request/part`");
            }
            seen.push((name, node));
        }
    }
}

fn check_unique(cx: &mut Cx<'_>, object: Obj<'_>, field: &str) {
    let mut seen: Vec<(&str, Node<'_>)> = Vec::new();
    for node in object.objects(field).filter_map(|request| request.get("name")) {
        let Some(name) = node.str().filter(|name| !name.is_empty()) else { continue };
        match seen.iter().find(|(other, _)| *other == name) {
            Some((_, first)) => {
                cx.duplicate(node, *first, format!("a second request has the name `{name}`"));
            }
            None => seen.push((name, node)),
        }
    }
}
