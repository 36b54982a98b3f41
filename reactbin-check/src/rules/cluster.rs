//! Rules of what stands for the cluster itself: nodes, addresses, drivers.

use super::Rule;
use super::resources::is_counted;
use crate::cx::{Cx, Node, Obj, Place};
use crate::finding::{Reason, Severity};
use crate::formats::Format;
use std::net::IpAddr;

/// The rules of this file.
pub const RULES: &[Rule] = &[
    Rule {
        id: "address_name",
        on: "",
        severity: Severity::Error,
        waivable: false,
        what: "An IPAddress is called by its address, as the server writes it.",
        source: "networking: ValidateIPAddressName",
        bad: "{apiVersion: networking.k8s.io/v1, kind: IPAddress, metadata: {name: \"2001:DB8::1\"}, spec: {parentRef: {resource: services, namespace: n, name: s}}}",
        good: "{apiVersion: networking.k8s.io/v1, kind: IPAddress, metadata: {name: \"2001:db8::1\"}, spec: {parentRef: {resource: services, namespace: n, name: s}}}",
        check: Some(check_address_name),
    },
    Rule {
        id: "binding_target",
        on: "api.core.v1.Binding",
        severity: Severity::Error,
        waivable: false,
        what: "A pod is bound to a node, by its name.",
        source: "core: ValidatePodBinding",
        bad: "{apiVersion: v1, kind: Binding, metadata: {name: a}, target: {kind: Pod, name: n}}",
        good: "{apiVersion: v1, kind: Binding, metadata: {name: a}, target: {kind: Node, name: n}}",
        check: Some(check_binding),
    },
    Rule {
        id: "node_address_ranges",
        on: "api.core.v1.NodeSpec",
        severity: Severity::Error,
        waivable: false,
        what: "A node has one range of pod addresses, or one of each family.",
        source: "core: ValidateNode",
        bad: "{apiVersion: v1, kind: Node, metadata: {name: a}, spec: {podCIDR: 10.0.0.0/16, podCIDRs: [10.0.0.0/16, 10.1.0.0/16]}}",
        good: "{apiVersion: v1, kind: Node, metadata: {name: a}, spec: {podCIDR: 10.0.0.0/16, podCIDRs: [10.0.0.0/16, \"fd00::/64\"]}}",
        check: Some(check_node_ranges),
    },
    Rule {
        id: "node_capacity",
        on: "api.core.v1.NodeStatus",
        severity: Severity::Error,
        waivable: false,
        what: "What a node has isn't negative, and comes in whole numbers where it is counted.",
        source: "core: ValidateNodeResources",
        bad: "{apiVersion: v1, kind: Node, metadata: {name: a}, status: {capacity: {pods: 1500m}}}",
        good: "{apiVersion: v1, kind: Node, metadata: {name: a}, status: {capacity: {pods: 110}}}",
        check: Some(check_node_capacity),
    },
    Rule {
        id: "runtime_toleration",
        on: "api.node.v1.Scheduling",
        severity: Severity::Error,
        waivable: false,
        what: "A RuntimeClass has each toleration once.",
        source: "node: validateTolerations",
        bad: "{apiVersion: node.k8s.io/v1, kind: RuntimeClass, metadata: {name: a}, handler: h, scheduling: {tolerations: [{key: k, operator: Exists}, {key: k, operator: Exists}]}}",
        good: "{apiVersion: node.k8s.io/v1, kind: RuntimeClass, metadata: {name: a}, handler: h, scheduling: {tolerations: [{key: k, operator: Exists}, {key: l, operator: Exists}]}}",
        check: Some(check_runtime_tolerations),
    },
    Rule {
        id: "service_ranges",
        on: "api.networking.v1.ServiceCIDRSpec",
        severity: Severity::Error,
        waivable: false,
        what: "Two ranges of Services are one of each family.",
        source: "networking: ValidateServiceCIDR",
        bad: "{apiVersion: networking.k8s.io/v1, kind: ServiceCIDR, metadata: {name: a}, spec: {cidrs: [10.0.0.0/16, 10.1.0.0/16]}}",
        good: "{apiVersion: networking.k8s.io/v1, kind: ServiceCIDR, metadata: {name: a}, spec: {cidrs: [10.0.0.0/16, \"fd00::/64\"]}}",
        check: Some(check_service_ranges),
    },
    Rule {
        id: "token_in_secrets",
        on: "api.storage.v1.CSIDriverSpec",
        severity: Severity::Error,
        waivable: false,
        what: "A driver that gets its tokens among the secrets asks for tokens.",
        source: "storage: validateServiceAccountTokenInSecrets",
        bad: "{apiVersion: storage.k8s.io/v1, kind: CSIDriver, metadata: {name: a}, spec: {serviceAccountTokenInSecrets: true}}",
        good: "{apiVersion: storage.k8s.io/v1, kind: CSIDriver, metadata: {name: a}, spec: {serviceAccountTokenInSecrets: true, tokenRequests: [{audience: a}]}}",
        check: Some(check_tokens),
    },
    Rule {
        id: "topology_annotations",
        on: "",
        severity: Severity::Error,
        waivable: false,
        what: "The two annotations of a Service for routing by topology, of which one has replaced the \
               other, don't contradict each other.",
        source: "core: ValidateService",
        bad: "{apiVersion: v1, kind: Service, metadata: {name: a, annotations: {service.kubernetes.io/topology-mode: Auto, service.kubernetes.io/topology-aware-hints: Disabled}}, spec: {ports: [{port: 80}]}}",
        good: "{apiVersion: v1, kind: Service, metadata: {name: a, annotations: {service.kubernetes.io/topology-mode: Auto}}, spec: {ports: [{port: 80}]}}",
        check: Some(check_topology),
    },
];

fn check_address_name(cx: &mut Cx<'_>, root: Obj<'_>) {
    if !cx.is_kind(&["IPAddress"]) {
        return;
    }
    let Some(node) = root.object("metadata").and_then(|metadata| metadata.get("name")) else {
        return;
    };
    let Some(name) = node.str().filter(|name| !name.is_empty()) else { return };
    match name.parse::<IpAddr>().map(|address| address.to_string()) {
        Ok(canonical) if canonical == name && name.starts_with("::ffff:") && name.contains('.') => {
            cx.invalid(node, format!("`{name}` must not be an IPv4-mapped IPv6 address"))
                .help("use the IPv4 address alone");
        }
        Ok(canonical) if canonical == name => {}
        Ok(canonical) => {
            cx.invalid(node, format!("`{name}` isn't the canonical form of the address"))
                .help(format!("use `{canonical}`"));
        }
        Err(_) => {
            cx.invalid(node, format!("`{name}` isn't an IP address"))
                .help("use the address that it stands for");
        }
    }
}

fn check_node_ranges(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let ranges: Vec<Node<'_>> = spec.items("podCIDRs").collect();
    let first = ranges.first().and_then(|node| node.item_str());
    // Where the older field says something else, the server drops this one.
    let older = spec.str_or("podCIDR", "");
    if older.is_none_or(|older| !older.is_empty() && first.is_some_and(|first| first != older)) {
        return;
    }
    for node in &ranges {
        cx.check_text(*node, node.item_str(), Format::Cidr);
    }
    if ranges.len() > 2 {
        cx.report(Reason::Invalid, spec.place("podCIDRs"), "a node has at most two ranges")
            .help("give one of IPv4 and one of IPv6, or only one");
    }
    check_families(cx, spec, "podCIDRs");
}

fn check_service_ranges(cx: &mut Cx<'_>, spec: Obj<'_>) {
    check_families(cx, spec, "cidrs");
}

/// Two ranges are one of each family.
fn check_families(cx: &mut Cx<'_>, spec: Obj<'_>, field: &'static str) {
    let ranges: Vec<Node<'_>> = spec.items(field).collect();
    let [first, second] = ranges[..] else { return };
    let (Some(one), Some(two)) = (first.str(), second.str()) else { return };
    if one.contains(':') == two.contains(':') {
        cx.invalid(second, "a second range of the same family")
            .help("give one of IPv4 and one of IPv6, or only one")
            .related(first.id, "the first is here")
            .path_of(spec.place(field));
    }
}

fn check_runtime_tolerations(cx: &mut Cx<'_>, scheduling: Obj<'_>) {
    let mut seen: Vec<([&str; 4], Node<'_>)> = Vec::new();
    for node in scheduling.items("tolerations") {
        let Some(toleration) = node.object() else { continue };
        let text = |field| toleration.str_or(field, "");
        let (Some(key), Some(operator), Some(value), Some(effect)) =
            (text("key"), text("operator"), text("value"), text("effect"))
        else {
            continue;
        };
        let this = [key, operator, value, effect];
        match seen.iter().find(|(other, _)| *other == this) {
            Some((_, first)) => {
                cx.duplicate(node, *first, "this toleration stands twice");
            }
            None => seen.push((this, node)),
        }
    }
}

fn check_node_capacity(cx: &mut Cx<'_>, status: Obj<'_>) {
    let lists = ["capacity", "allocatable"].into_iter().filter_map(|field| status.object(field));
    for (key, node) in lists.flat_map(Obj::entries) {
        let name = cx.tree.str(key.id);
        let Some(amount) = node.quantity() else { continue };
        if amount.is_negative() {
            cx.invalid(node, "a quantity can't be negative here").help("leave out the `-`");
        } else if (name == "pods" || is_counted(name)) && !amount.is_integer() {
            cx.invalid(node, format!("`{name}` are counted in whole numbers"))
                .help("use a number without a fraction");
        }
    }
}

fn check_binding(cx: &mut Cx<'_>, binding: Obj<'_>) {
    let Some(target) = binding.object("target") else { return };
    if let Some(node) = target.get("kind")
        && node.str().is_some_and(|kind| !matches!(kind, "" | "Node"))
    {
        cx.not_supported(node, "a pod can be bound to nothing but a node").help("use `Node`");
    }
    if target.is_unset("name") {
        cx.required(target, "name", "the node has no name").help("name the node");
    }
}

fn check_tokens(cx: &mut Cx<'_>, spec: Obj<'_>) {
    if let Some(node) =
        spec.get("serviceAccountTokenInSecrets").filter(|_| spec.is_unset("tokenRequests"))
    {
        let message =
            format!("{} needs {}", cx.f("serviceAccountTokenInSecrets"), cx.f("tokenRequests"));
        cx.invalid(node, message).help("say for which audiences the driver needs tokens");
    }
}

fn check_topology(cx: &mut Cx<'_>, root: Obj<'_>) {
    let annotations = root.at(&["metadata", "annotations"]).filter(|_| cx.is_kind(&["Service"]));
    let Some(annotations) = annotations else { return };
    let [mode, hints] =
        ["service.kubernetes.io/topology-mode", "service.kubernetes.io/topology-aware-hints"]
            .map(|key| annotations.get(key));
    let (Some(mode), Some(hints)) = (mode, hints) else { return };
    if mode.str().zip(hints.str()).is_some_and(|(mode, hints)| mode != hints) {
        cx.report(
            Reason::Invalid,
            Place::Value(mode.id),
            "an older annotation says something else",
        )
        .help("remove the annotation `service.kubernetes.io/topology-aware-hints`")
        .related(hints.id, "the older one is here");
    }
}
