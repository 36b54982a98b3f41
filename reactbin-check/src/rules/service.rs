//! Rules of Service: which fields its type admits, its ports, its addresses.

use std::collections::BTreeMap;

use std::net::IpAddr;

use super::Rule;
use crate::cx::{Cx, Node, Obj, Place};
use crate::finding::{Reason, Severity};
use crate::formats::Format;

/// The rules of this file.
pub const RULES: &[Rule] = &[
    Rule {
        id: "cluster_ips",
        on: "api.core.v1.ServiceSpec",
        severity: Severity::Error,
        waivable: false,
        what: "A Service's own addresses are IP addresses, or `None` alone; `clusterIPs` begins with \
               `clusterIP` and has one address of a family.",
        source: "core: ValidateServiceClusterIPsRelatedFields",
        bad: "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {clusterIP: 999.1.1.1, ports: [{port: 80}]}}",
        good: "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {clusterIP: None, ports: [{port: 80}]}}",
        check: Some(check_cluster_ips),
    },
    Rule {
        id: "external_ip_range",
        on: "api.core.v1.ServiceSpec",
        severity: Severity::Error,
        waivable: false,
        what: "An external IP isn't unspecified, of the loopback or link-local.",
        source: "core: ValidateNonSpecialIP",
        bad: "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {externalIPs: [127.0.0.1], ports: [{port: 80}]}}",
        good: "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {externalIPs: [192.0.2.1], ports: [{port: 80}]}}",
        check: Some(check_external_ips),
    },
    Rule {
        id: "external_name",
        on: "api.core.v1.ServiceSpec",
        severity: Severity::Error,
        waivable: false,
        what: "A Service of the type `ExternalName` names a DNS name, and has no address in the cluster.",
        source: "core: ValidateService",
        bad: "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {type: ExternalName}}",
        good: "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {type: ExternalName, externalName: db.example.com}}",
        check: Some(check_external_name),
    },
    Rule {
        id: "headless_type",
        on: "api.core.v1.ServiceSpec",
        severity: Severity::Error,
        waivable: false,
        what: "A headless Service (`clusterIP: None`) can't be of the type `NodePort` or `LoadBalancer`.",
        source: "core: ValidateService",
        bad: "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {type: LoadBalancer, clusterIP: None, ports: [{port: 80}]}}",
        good: "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {clusterIP: None, ports: [{port: 80}]}}",
        check: Some(check_headless),
    },
    Rule {
        id: "ip_families",
        on: "api.core.v1.ServiceSpec",
        severity: Severity::Error,
        waivable: false,
        what: "An IP family stands once, and two of them need a dual-stack policy.",
        source: "core: ValidateServiceClusterIPsRelatedFields",
        bad: "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ipFamilies: [IPv4, IPv4], ports: [{port: 80}]}}",
        good: "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ipFamilies: [IPv4], ports: [{port: 80}]}}",
        check: Some(check_ip_families),
    },
    Rule {
        id: "load_balancer_field",
        on: "api.core.v1.ServiceSpec",
        severity: Severity::Error,
        waivable: false,
        what: "Fields of a load balancer are only given for the type `LoadBalancer`.",
        source: "core: ValidateService",
        bad: "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {loadBalancerSourceRanges: [10.0.0.0/8], ports: [{port: 80}]}}",
        good: "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8], ports: [{port: 80}]}}",
        check: Some(check_load_balancer),
    },
    Rule {
        id: "node_port",
        on: "api.core.v1.ServiceSpec",
        severity: Severity::Error,
        waivable: false,
        what: "A node port needs the type `NodePort` or `LoadBalancer`, and is one port's alone.",
        source: "core: ValidateService",
        bad: "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: [{port: 80, nodePort: 30080}]}}",
        good: "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {type: NodePort, ports: [{port: 80, nodePort: 30080}]}}",
        check: Some(check_node_ports),
    },
    Rule {
        id: "node_port_range",
        on: "api.core.v1.ServicePort",
        severity: Severity::Error,
        waivable: true,
        what: "A node port lies from 30000 to 32767, the range of a server that isn't told another.",
        source: "core: portallocator; kube-apiserver --service-node-port-range",
        bad: "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {type: NodePort, ports: [{port: 80, nodePort: 8080}]}}",
        good: "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {type: NodePort, ports: [{port: 80, nodePort: 30080}]}}",
        check: Some(check_node_port_range),
    },
    Rule {
        id: "service_port_name",
        on: "api.core.v1.ServiceSpec",
        severity: Severity::Error,
        waivable: false,
        what: "Where a Service has several ports, each has a name of its own.",
        source: "core: validateServicePort",
        bad: "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: [{name: http, port: 80}, {port: 81}]}}",
        good: "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: [{name: http, port: 80}, {name: admin, port: 81}]}}",
        check: Some(check_port_names),
    },
    Rule {
        id: "service_without_ports",
        on: "api.core.v1.ServiceSpec",
        severity: Severity::Error,
        waivable: false,
        what: "A Service that is neither headless nor an `ExternalName` has a port.",
        source: "core: ValidateService",
        bad: "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {selector: {app: a}}}",
        good: "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {selector: {app: a}, ports: [{port: 80}]}}",
        check: Some(check_ports_given),
    },
    Rule {
        id: "session_affinity_timeout",
        on: "api.core.v1.ServiceSpec",
        severity: Severity::Error,
        waivable: false,
        what: "The timeout of a session is from 1 to 86400 seconds.",
        source: "core: validateClientIPAffinityConfig",
        bad: "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {sessionAffinity: ClientIP, sessionAffinityConfig: {clientIP: {timeoutSeconds: 90000}}, ports: [{port: 80}]}}",
        good: "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {sessionAffinity: ClientIP, sessionAffinityConfig: {clientIP: {timeoutSeconds: 3600}}, ports: [{port: 80}]}}",
        check: Some(check_session_timeout),
    },
    Rule {
        id: "source_ranges",
        on: "",
        severity: Severity::Error,
        waivable: false,
        what: "The source ranges of a load balancer, in their field or in their annotation, are CIDR blocks.",
        source: "core: validateLoadBalancerSourceRanges",
        bad: "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0], ports: [{port: 80}]}}",
        good: "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8], ports: [{port: 80}]}}",
        check: Some(check_source_ranges),
    },
    Rule {
        id: "traffic_policy",
        on: "api.core.v1.ServiceSpec",
        severity: Severity::Error,
        waivable: false,
        what: "An external traffic policy is for a Service that can be reached from outside; a health check \
               port for a load balancer with the policy `Local`.",
        source: "core: validateServiceExternalTrafficFieldsCombination",
        bad: "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {externalTrafficPolicy: Local, ports: [{port: 80}]}}",
        good: "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {type: NodePort, externalTrafficPolicy: Local, ports: [{port: 80}]}}",
        check: Some(check_traffic_policy),
    },
];

const SOURCE_RANGES: &str = "service.beta.kubernetes.io/load-balancer-source-ranges";

fn type_of<'t>(spec: Obj<'t>) -> Option<&'t str> {
    spec.str_or("type", "ClusterIP")
}

fn is_headless(spec: Obj<'_>) -> bool {
    spec.str("clusterIP") == Some("None")
        || spec.items("clusterIPs").next().is_some_and(|node| node.str() == Some("None"))
}

fn check_ports_given(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let Some(kind) = type_of(spec) else { return };
    let address_unknown = spec.get("clusterIP").is_some_and(Node::is_unknown);
    let address_unknown = address_unknown || spec.has_unknown("clusterIPs");
    if kind != "ExternalName" && spec.is_unset("ports") && !is_headless(spec) && !address_unknown {
        let message = format!("a Service needs {}", cx.f("ports"));
        let help =
            format!("add a port, or set {} to `None` for a headless Service", cx.f("clusterIP"));
        cx.required(spec, "ports", message).help(help);
    }
}

fn check_port_names(cx: &mut Cx<'_>, spec: Obj<'_>) {
    if spec.items("ports").count() > 1 {
        for port in spec.objects("ports").filter(|port| port.is_unset("name")) {
            let message = format!("each of several ports needs {}", cx.f("name"));
            let help = format!("add {}, such as `http`", cx.f("name"));
            cx.required(port, "name", message).help(help);
        }
    }
    let mut seen: BTreeMap<&str, Node<'_>> = BTreeMap::new();
    for node in spec.objects("ports").filter_map(|port| port.get("name")) {
        let Some(name) = node.str().filter(|name| !name.is_empty()) else { continue };
        match seen.get(name) {
            Some(first) => {
                cx.duplicate(node, *first, format!("a second port named `{name}`"))
                    .help("give each port a name of its own");
            }
            None => {
                seen.insert(name, node);
            }
        }
    }
}

fn check_external_name(cx: &mut Cx<'_>, spec: Obj<'_>) {
    if type_of(spec) != Some("ExternalName") {
        return;
    }
    match spec.get("externalName").map(|node| (node, node.str())) {
        Some((node, Some(name))) if !name.is_empty() && name != "." => {
            if let Err(violation) = Format::ExternalName.check(name) {
                cx.invalid(node, violation.message)
                    .help(format!("write {}", Format::ExternalName.describe()));
            }
        }
        Some((_, None)) => {}
        given => {
            if spec.is_unset("externalName") || given.is_some_and(|(_, name)| name == Some(".")) {
                let message =
                    format!("a Service of the type `ExternalName` needs {}", cx.f("externalName"));
                cx.required(spec, "externalName", message)
                    .help("write the DNS name that it stands for");
            }
        }
    }
    for field in ["clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy"] {
        let given = spec.get(field).is_some_and(|node| !node.is_unknown() && !node.is_empty());
        let twice = field == "clusterIPs" && spec.is_set("clusterIP");
        if given && !twice {
            let message =
                format!("a Service of the type `ExternalName` can't have {}", cx.f(field));
            cx.forbidden(spec, field, message).help("remove it");
        }
    }
}

fn check_headless(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let Some(kind @ ("NodePort" | "LoadBalancer")) = type_of(spec) else { return };
    let first = || spec.items("clusterIPs").next();
    let none = spec.get("clusterIP").or_else(first).filter(|node| node.str() == Some("None"));
    if let Some(node) = none {
        let message = format!("a Service of the type `{kind}` can't be headless");
        cx.invalid(node, message).help("remove it, or use the type `ClusterIP`");
    }
}

fn check_cluster_ips(cx: &mut Cx<'_>, spec: Obj<'_>) {
    // `external_name` forbids both.
    if type_of(spec).is_none_or(|kind| kind == "ExternalName") {
        return;
    }
    let single = spec.get("clusterIP").filter(|node| !node.is_empty());
    let mut families = Vec::new();
    for (index, node) in single.into_iter().chain(spec.items("clusterIPs")).enumerate() {
        let Some(text) = node.str() else { continue };
        if text == "None" {
            if spec.items("clusterIPs").count() > 1 {
                cx.report(
                    Reason::Invalid,
                    spec.place("clusterIPs"),
                    "`None` must be the only value",
                );
                return;
            }
        } else if let Err(violation) = Format::Ip.check(text) {
            let help = violation.fixed.map(|fixed| format!("use `{fixed}`"));
            let help = help.unwrap_or_else(|| {
                "write an IP address, or `None` for a headless Service".to_owned()
            });
            cx.invalid(node, violation.message).help(help);
        } else if index > 0 || single.is_none() {
            families.push((node, text.contains(':')));
        }
    }
    check_cluster_ip_order(cx, spec, single);
    if let [(_, first), (second, other), ..] = families[..]
        && first == other
    {
        cx.report(Reason::Invalid, spec.place("clusterIPs"), "two addresses of one IP family")
            .related(second.id, "the second is here");
    }
    for (index, (node, v6)) in families.iter().enumerate() {
        let Some(family) = spec.items("ipFamilies").nth(index).and_then(|node| node.str()) else {
            continue;
        };
        if matches!(family, "IPv4" | "IPv6") && (family == "IPv6") != *v6 {
            cx.invalid(*node, format!("{} asks for an {family} address here", cx.f("ipFamilies")));
        }
    }
}

fn check_cluster_ip_order(cx: &mut Cx<'_>, spec: Obj<'_>, single: Option<Node<'_>>) {
    let Some(first) = spec.items("clusterIPs").next() else { return };
    let (ips, ip) = (cx.f("clusterIPs"), cx.f("clusterIP"));
    match single {
        None if spec.is_unset("clusterIP") => {
            cx.report(
                Reason::Invalid,
                spec.place("clusterIPs"),
                format!("{ips} needs {ip} beside it"),
            );
        }
        Some(single) if single.str().zip(first.str()).is_some_and(|(a, b)| a != b) => {
            cx.report(
                Reason::Invalid,
                spec.place("clusterIPs"),
                format!("the first of {ips} must be {ip}"),
            )
            .help("leave one of the two fields out")
            .related(single.id, "the other one is here");
        }
        _ => {}
    }
}

fn check_ip_families(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let policy = spec.str_or("ipFamilyPolicy", "SingleStack");
    let families: Vec<Node<'_>> = spec.items("ipFamilies").collect();
    for (index, node) in families.iter().enumerate() {
        // OpenAPI lists the empty text, and the server doesn't take it.
        if node.item_str() == Some("") {
            cx.not_supported(*node, "an IP family is empty").help("use `IPv4` or `IPv6`");
            continue;
        }
        let first = families[..index]
            .iter()
            .find(|other| node.str().is_some() && other.str() == node.str());
        if let Some(first) = first {
            cx.duplicate(
                *node,
                *first,
                format!("`{}` stands twice", node.str().unwrap_or_default()),
            );
            return;
        }
    }
    let several = match (families.len(), spec.items("clusterIPs").count()) {
        (2.., _) => "ipFamilies",
        (_, 2..) => "clusterIPs",
        _ => return,
    };
    if policy == Some("SingleStack") && spec.is_set("ipFamilyPolicy") {
        let message =
            format!("{} is `SingleStack`, but {} has two", cx.f("ipFamilyPolicy"), cx.f(several));
        cx.report(Reason::Invalid, spec.place("ipFamilyPolicy"), message)
            .help("use `PreferDualStack` or `RequireDualStack`");
    }
}

fn check_external_ips(cx: &mut Cx<'_>, spec: Obj<'_>) {
    for node in spec.items("externalIPs") {
        check_special_ip(cx, node, "an external IP");
    }
}

/// Reports an address that only means something on one node.
pub(super) fn check_special_ip(cx: &mut Cx<'_>, node: Node<'_>, role: &str) {
    let Some(ip) = node.str().and_then(|text| text.parse::<IpAddr>().ok()) else { return };
    let (local, multicast) = match ip {
        IpAddr::V4(v4) => (v4.is_link_local(), v4.octets().starts_with(&[224, 0, 0])),
        IpAddr::V6(v6) => (v6.is_unicast_link_local(), v6.segments()[0] & 0xff0f == 0xff02),
    };
    let what = match () {
        () if ip.is_unspecified() => "unspecified",
        () if ip.is_loopback() => "a loopback address",
        () if local => "a link-local address",
        () if multicast => "a link-local multicast address",
        () => return,
    };
    cx.invalid(node, format!("`{ip}` is {what}, and can't be {role}"))
        .help("use an address by which other machines reach it");
}

fn check_node_ports(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let kind = type_of(spec);
    let mut seen: BTreeMap<(i64, &str), Node<'_>> = BTreeMap::new();
    for port in spec.objects("ports") {
        let Some(node) = port.get("nodePort") else { continue };
        let Some(number) = node.int().filter(|number| *number != 0) else { continue };
        if kind == Some("ClusterIP") {
            let message = format!("a Service of the type `ClusterIP` has no {}", cx.f("nodePort"));
            cx.forbidden(port, "nodePort", message).help("remove it, or use the type `NodePort`");
            continue;
        }
        let Some(protocol) = port.str_or("protocol", "TCP") else { continue };
        match seen.get(&(number, protocol)) {
            Some(first) => {
                cx.duplicate(node, *first, format!("a second port with the node port {number}"));
            }
            None => {
                seen.insert((number, protocol), node);
            }
        }
    }
}

fn check_node_port_range(cx: &mut Cx<'_>, port: Obj<'_>) {
    let Some(node) = port.get("nodePort") else { return };
    if let Some(number) =
        node.int().filter(|number| *number != 0 && !(30000..=32767).contains(number))
    {
        cx.invalid(node, format!("`{number}` is out of the range of node ports"))
            .help("use a port from 30000 to 32767, or leave it to the server");
    }
}

fn check_session_timeout(cx: &mut Cx<'_>, spec: Obj<'_>) {
    // Without ClientIP affinity the server drops the block.
    if spec.str("sessionAffinity") != Some("ClientIP") {
        return;
    }
    let Some(config) = spec.at(&["sessionAffinityConfig", "clientIP"]) else { return };
    let Some(node) = config.get("timeoutSeconds") else { return };
    if let Some(seconds) = node.int().filter(|seconds| !(1..=86400).contains(seconds)) {
        cx.invalid(node, format!("`{seconds}` is out of range"))
            .help("use a number from 1 to 86400, which is a day");
    }
}

fn check_load_balancer(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let Some(kind) = type_of(spec).filter(|kind| *kind != "LoadBalancer") else { return };
    for field in ["allocateLoadBalancerNodePorts", "loadBalancerClass", "loadBalancerSourceRanges"]
    {
        let given = spec.get(field).is_some_and(|node| !node.is_unknown() && !node.is_empty());
        if given {
            let message = format!("a Service of the type `{kind}` can't have {}", cx.f(field));
            cx.forbidden(spec, field, message).help("remove it, or use the type `LoadBalancer`");
        }
    }
}

fn check_source_ranges(cx: &mut Cx<'_>, root: Obj<'_>) {
    if !cx.is_kind(&["Service"]) {
        return;
    }
    let Some(spec) = root.object("spec") else { return };
    let Some(kind) = type_of(spec) else { return };
    if spec.is_set("loadBalancerSourceRanges") {
        for node in spec.items("loadBalancerSourceRanges") {
            check_cidr(cx, node, node.item_str());
        }
        return;
    }
    let annotations = root.at(&["metadata", "annotations"]);
    let Some(node) = annotations.and_then(|annotations| annotations.get(SOURCE_RANGES)) else {
        return;
    };
    let Some(text) = node.str().map(str::trim) else { return };
    if kind != "LoadBalancer" {
        let message = format!("a Service of the type `{kind}` can't have source ranges");
        cx.report(Reason::Forbidden, Place::Value(node.id), message).help("remove the annotation");
        return;
    }
    for range in text.split(',').filter(|_| !text.is_empty()) {
        check_cidr(cx, node, Some(range));
    }
}

fn check_cidr(cx: &mut Cx<'_>, node: Node<'_>, text: Option<&str>) {
    cx.check_text(node, text.map(str::trim), Format::Cidr);
}

fn check_traffic_policy(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let Some(kind) = type_of(spec) else { return };
    let reachable = match kind {
        "NodePort" | "LoadBalancer" => true,
        "ClusterIP" => !spec.is_unset("externalIPs"),
        _ => false,
    };
    if !reachable && spec.is_set("externalTrafficPolicy") {
        let message = format!(
            "{} is for Services that can be reached from outside, not for the type `{kind}`",
            cx.f("externalTrafficPolicy"),
        );
        cx.report(Reason::Invalid, spec.key_place("externalTrafficPolicy"), message)
            .help("remove it, or use the type `NodePort` or `LoadBalancer`");
    }
    let checked = kind == "LoadBalancer"
        && spec.str_or("externalTrafficPolicy", "Cluster") != Some("Cluster");
    if !checked && spec.is_set("healthCheckNodePort") {
        let message = format!(
            "{} is for the type `LoadBalancer` with {} `Local`",
            cx.f("healthCheckNodePort"),
            cx.f("externalTrafficPolicy"),
        );
        cx.report(Reason::Invalid, spec.key_place("healthCheckNodePort"), message)
            .help("remove it");
    }
}
