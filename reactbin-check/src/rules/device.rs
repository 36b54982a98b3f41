//! Rules of devices that are asked for: claims, their templates, and classes.

use super::Rule;
use crate::cel;
use crate::cx::{Cx, Node, Obj, Place};
use crate::finding::{Reason, Severity};
use crate::suggest::suggest;

/// The rules of this file.
pub const RULES: &[Rule] = &[
    Rule {
        id: "device_constraint",
        on: "api.resource.v1.DeviceConstraint",
        severity: Severity::Error,
        waivable: false,
        what: "A constraint between devices names the attribute in which they agree or differ.",
        source: "resource: validateDeviceConstraint",
        bad: "{apiVersion: resource.k8s.io/v1, kind: ResourceClaim, metadata: {name: a}, spec: {devices: {requests: [{name: r, exactly: {deviceClassName: c}}], constraints: [{requests: [r]}]}}}",
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
    Rule {
        id: "device_selector",
        on: "api.resource.v1.CELDeviceSelector",
        severity: Severity::Error,
        waivable: false,
        what: "A selector of devices is a CEL expression about `device`.",
        source: "resource: validateCELSelector",
        bad: "{apiVersion: resource.k8s.io/v1, kind: DeviceClass, metadata: {name: a}, spec: {selectors: [{cel: {expression: \"device.driver ==\"}}]}}",
        good: "{apiVersion: resource.k8s.io/v1, kind: DeviceClass, metadata: {name: a}, spec: {selectors: [{cel: {expression: \"device.driver == 'gpu.example.com'\"}}]}}",
        check: Some(check_selector),
    },
    Rule {
        id: "device_toleration",
        on: "api.resource.v1.DeviceToleration",
        severity: Severity::Error,
        waivable: false,
        what: "A toleration of whatever value a device's taint has names none.",
        source: "resource: validateDeviceToleration",
        bad: "{apiVersion: resource.k8s.io/v1, kind: ResourceClaim, metadata: {name: a}, spec: {devices: {requests: [{name: r, exactly: {deviceClassName: c, tolerations: [{key: k, operator: Exists, value: v}]}}]}}}",
        good: "{apiVersion: resource.k8s.io/v1, kind: ResourceClaim, metadata: {name: a}, spec: {devices: {requests: [{name: r, exactly: {deviceClassName: c, tolerations: [{key: k, operator: Exists}]}}]}}}",
        check: Some(check_toleration),
    },
];

fn check_constraint(cx: &mut Cx<'_>, constraint: Obj<'_>) {
    if ["matchAttribute", "distinctAttribute"].iter().all(|field| constraint.is_absent(field)) {
        let message = format!(
            "a constraint needs {} or {}",
            cx.f("matchAttribute"),
            cx.f("distinctAttribute")
        );
        cx.report(Reason::Required, Place::Missing(constraint.id, ""), message)
            .help("name the attribute, such as `example.com/numa`");
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
    check_unique(cx, claim, "requests", "name");
    for request in claim.objects("requests") {
        check_unique(cx, request, "firstAvailable", "name");
    }
    if claim.has_unknown("requests") {
        return;
    }
    let mut names: Vec<String> = Vec::new();
    for request in claim.objects("requests") {
        let Some(name) = request.str("name") else { continue };
        names.push(name.to_owned());
        let others = request.objects("firstAvailable").filter_map(|other| other.str("name"));
        names.extend(others.map(|other| format!("{name}/{other}")));
    }
    let users = claim.objects("constraints").chain(claim.objects("config"));
    for node in users.flat_map(|user| user.items("requests")) {
        check_reference(cx, node, &names);
    }
}

fn check_reference(cx: &mut Cx<'_>, node: Node<'_>, names: &[String]) {
    let Some(text) = node.item_str().filter(|text| !names.iter().any(|name| name == text)) else {
        return;
    };
    let help = match suggest(text, names.iter().map(String::as_str)) {
        Some(meant) => format!("use `{meant}`"),
        None => "use the name of a request, or of a part of one: `request/part`".to_owned(),
    };
    cx.invalid(node, format!("the claim has no request `{text}`")).help(help);
}

/// Reports items of a list that are called as one before them. The server blames the item.
pub(super) fn check_unique(cx: &mut Cx<'_>, object: Obj<'_>, list: &str, key: &str) {
    let mut seen: Vec<(&str, Node<'_>)> = Vec::new();
    for item in object.objects(list) {
        let Some(node) = item.get(key) else { continue };
        let Some(name) = node.str().filter(|name| !name.is_empty()) else { continue };
        match seen.iter().find(|(other, _)| *other == name) {
            Some((_, first)) => {
                let message = format!("`{name}` stands twice in {}", cx.f(list));
                cx.duplicate(node, *first, message).path_of(Place::Value(item.id));
            }
            None => seen.push((name, node)),
        }
    }
}

fn check_selector(cx: &mut Cx<'_>, selector: Obj<'_>) {
    let Some(node) = selector.get("expression") else { return };
    let Some(text) = node.str().filter(|text| !text.is_empty()) else { return };
    let env = cel::Env { variables: &["device"], boolean: true, missing: &cel::unknown_fields };
    if let Err(message) = cel::check(text, env) {
        cx.invalid(node, message)
            .help("write a CEL expression, such as `device.driver == 'gpu.example.com'`");
    }
}

fn check_toleration(cx: &mut Cx<'_>, toleration: Obj<'_>) {
    if toleration.str("operator") == Some("Exists")
        && let Some(value) = toleration.get("value").filter(|_| toleration.is_set("value"))
    {
        cx.invalid(value, "the operator `Exists` compares with no value")
            .help("remove it, or use `Equal`");
    }
}
