//! Checks of what a pod shares with its node: namespaces, ports, addresses that the kubelet asks,
//! and on Windows the node itself.

use super::Standard::Baseline;
use super::{Check, Pod, RULE, quote, refuse};
use crate::cx::{Cx, Obj, Place};
use crate::rules::Rule;

pub(super) const HOST_NAMESPACES: Check = Check {
    rule: Rule {
        id: "pss/baseline/hostNamespaces",
        what: "A pod shares neither the node's network, processes nor IPC: with them it reaches what \
               other pods and the node itself keep to themselves.",
        source: "Kubernetes: Pod Security Standards, baseline, Host Namespaces; the check hostNamespaces",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {hostPID: true, containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {hostPID: false, containers: [{name: a, image: i}]}}",
        ..RULE
    },
    standard: Baseline,
    overrides: &[],
    run: check_namespaces,
};

fn check_namespaces(cx: &mut Cx<'_>, pod: Pod<'_>) {
    for (field, help) in [
        ("hostNetwork", "leave it out, and use a Service to reach the pod"),
        ("hostPID", "leave it out"),
        ("hostIPC", "leave it out"),
    ] {
        if let Some(node) = pod.spec.get(field).filter(|node| node.bool() == Some(true)) {
            let what = cx.set(field, "true");
            refuse(cx, Baseline, Place::Value(node.id), what).help(help);
        }
    }
}

pub(super) const HOST_PORTS: Check = Check {
    rule: Rule {
        id: "pss/baseline/hostPorts",
        what: "No container takes a port of the node, where it would stand in front of the cluster's \
               network policies and keep other pods off the node. A Pod on the node's network takes \
               the ports that its containers name.",
        source: "Kubernetes: Pod Security Standards, baseline, Host Ports; the check hostPorts",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, ports: [{containerPort: 8080, hostPort: 80}]}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, ports: [{containerPort: 8080}]}]}}",
        ..RULE
    },
    standard: Baseline,
    overrides: &[],
    run: check_ports,
};

fn check_ports(cx: &mut Cx<'_>, pod: Pod<'_>) {
    let ports = pod.containers().flat_map(|container| container.objects("ports"));
    for node in ports.filter_map(|port| port.get("hostPort")) {
        let Some(number) = node.int().filter(|number| *number != 0) else { continue };
        let what = format!("{} {number}", cx.f("hostPort"));
        refuse(cx, Baseline, Place::Value(node.id), what).help("leave it out, and use a Service");
    }
    // The server gives these ports only to a Pod, not to the template of one, and not to containers
    // for a debugger, which have none.
    let network = pod.spec.get("hostNetwork").filter(|node| node.bool() == Some(true));
    let Some(network) = network.filter(|_| pod.is_object) else { return };
    for port in ["initContainers", "containers"]
        .into_iter()
        .flat_map(|field| pod.spec.objects(field))
        .flat_map(|container| container.objects("ports"))
        .filter(|port| port.int_or("hostPort", 0) == Some(0))
    {
        let Some(node) = port.get("containerPort") else { continue };
        let Some(number) = node.int().filter(|number| *number != 0) else { continue };
        let what = format!("{} {number}, which comes with the node's network,", cx.f("hostPort"));
        let help = format!("leave {} out, and use a Service", cx.f("hostNetwork"));
        let why = format!("{} is true here", cx.f("hostNetwork"));
        refuse(cx, Baseline, Place::Value(node.id), what)
            .help(help)
            .related(network.id, why)
            .path_of(Place::Missing(port.id, "hostPort"));
    }
}

pub(super) const HOST_PROBES_AND_HOST_LIFECYCLE: Check = Check {
    rule: Rule {
        id: "pss/baseline/hostProbesAndHostLifecycle",
        what: "Probes and lifecycle hooks name no host: the kubelet would send requests from the node to \
               wherever the author of the pod likes.",
        source: "Kubernetes: Pod Security Standards, baseline, Host Probes / Lifecycle Hooks; the check \
                 hostProbesAndHostLifecycle",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, livenessProbe: {httpGet: {host: 10.0.0.1, port: 80}}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, livenessProbe: {httpGet: {port: 80}}}]}}",
        ..RULE
    },
    standard: Baseline,
    overrides: &[],
    run: check_hosts,
};

fn check_hosts(cx: &mut Cx<'_>, pod: Pod<'_>) {
    for container in pod.containers() {
        for probe in ["livenessProbe", "readinessProbe", "startupProbe"] {
            check_handler(cx, container, probe);
        }
        if let Some(lifecycle) = container.object("lifecycle") {
            check_handler(cx, lifecycle, "postStart");
            check_handler(cx, lifecycle, "preStop");
        }
    }
}

fn check_handler(cx: &mut Cx<'_>, holder: Obj<'_>, field: &str) {
    let Some(handler) = holder.object(field) else { return };
    for action in ["httpGet", "tcpSocket"] {
        let Some(node) = handler.object(action).and_then(|action| action.get("host")) else {
            continue;
        };
        let Some(host) = node.str().filter(|host| !host.is_empty()) else { continue };
        let what = format!("{} {} in {}", cx.f("host"), quote(host), cx.f(field));
        let mut help = "leave it out, so that the pod itself is asked".to_owned();
        if action == "httpGet" {
            help.push_str(&format!("; a virtual host goes into {}", cx.f("httpHeaders")));
        }
        refuse(cx, Baseline, Place::Value(node.id), what).help(help);
    }
}

pub(super) const WINDOWS_HOST_PROCESS: Check = Check {
    rule: Rule {
        id: "pss/baseline/windowsHostProcess",
        what: "No container is a HostProcess container, which runs on its Windows node as any process of \
               the node does.",
        source: "Kubernetes: Pod Security Standards, baseline, HostProcess; the check windowsHostProcess",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {os: {name: windows}, securityContext: {windowsOptions: {hostProcess: true}}, containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {os: {name: windows}, securityContext: {windowsOptions: {runAsUserName: ContainerUser}}, containers: [{name: a, image: i}]}}",
        ..RULE
    },
    standard: Baseline,
    overrides: &[],
    run: check_host_process,
};

fn check_host_process(cx: &mut Cx<'_>, pod: Pod<'_>) {
    for options in pod.contexts().filter_map(|context| context.object("windowsOptions")) {
        if let Some(node) = options.get("hostProcess").filter(|node| node.bool() == Some(true)) {
            let what = cx.set("hostProcess", "true");
            refuse(cx, Baseline, Place::Value(node.id), what).help("leave it out");
        }
    }
}
