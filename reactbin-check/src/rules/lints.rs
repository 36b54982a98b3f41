//! What the API server accepts and what then goes wrong on a node: each can be waived.

use super::Rule;
use crate::cx::{Cx, Node, Obj};
use crate::finding::Severity;
use crate::formats::Format;
use crate::suggest::suggest;
use crate::tree::Value;

const CONTAINER: &str = "api.core.v1.Container";

/// The rules of this file.
pub const RULES: &[Rule] = &[
    Rule {
        id: "malformed_image",
        on: CONTAINER,
        severity: Severity::Error,
        waivable: true,
        what: "An image is a reference that a container runtime can parse: the API server doesn't look, and \
               the pod then can't pull it.",
        source: "distribution: reference.Parse",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: Team/Api}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: team/api}]}}",
        check: Some(check_image),
    },
    Rule {
        id: "relative_mount_path",
        on: "api.core.v1.VolumeMount",
        severity: Severity::Error,
        waivable: true,
        what: "A volume is mounted at an absolute path without `:`: the runtime refuses any other.",
        source: "Kubernetes: the documentation of VolumeMount.mountPath",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, volumeMounts: [{name: v, mountPath: data}]}], volumes: [{name: v}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, volumeMounts: [{name: v, mountPath: /data}]}], volumes: [{name: v}]}}",
        check: Some(check_mount_path),
    },
    Rule {
        id: "run_as_root",
        on: "",
        severity: Severity::Error,
        waivable: true,
        what: "A container that says outright that it runs as root needs a reason: root in a container is \
               root on the node once it gets out.",
        source: "Kubernetes: Pod Security Standards, restricted",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, securityContext: {runAsUser: 0}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, securityContext: {runAsUser: 1000}}]}}",
        check: None,
    },
    Rule {
        id: "undeclared_probe_port",
        on: CONTAINER,
        severity: Severity::Error,
        waivable: true,
        what: "A probe or a lifecycle handler that names a port names one of its container's: the kubelet \
               can't find any other.",
        source: "kubelet: probe.ResolveContainerPort",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, ports: [{name: http, containerPort: 80}], livenessProbe: {httpGet: {port: htpt}}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, ports: [{name: http, containerPort: 80}], livenessProbe: {httpGet: {port: http}}}]}}",
        check: Some(check_probe_ports),
    },
    Rule {
        id: "unknown_capability",
        on: "api.core.v1.Capabilities",
        severity: Severity::Error,
        waivable: true,
        what: "A capability is one of Linux', without `CAP_`, or `ALL`: the runtime refuses any other.",
        source: "Linux: capabilities(7)",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, securityContext: {capabilities: {drop: [CAP_CHOWN]}}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, securityContext: {capabilities: {drop: [CHOWN]}}}]}}",
        check: Some(check_capabilities),
    },
];

/// The capabilities of capabilities(7), sorted.
const CAPABILITIES: &[&str] = &[
    "ALL",
    "AUDIT_CONTROL",
    "AUDIT_READ",
    "AUDIT_WRITE",
    "BLOCK_SUSPEND",
    "BPF",
    "CHECKPOINT_RESTORE",
    "CHOWN",
    "DAC_OVERRIDE",
    "DAC_READ_SEARCH",
    "FOWNER",
    "FSETID",
    "IPC_LOCK",
    "IPC_OWNER",
    "KILL",
    "LEASE",
    "LINUX_IMMUTABLE",
    "MAC_ADMIN",
    "MAC_OVERRIDE",
    "MKNOD",
    "NET_ADMIN",
    "NET_BIND_SERVICE",
    "NET_BROADCAST",
    "NET_RAW",
    "PERFMON",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYSLOG",
    "SYS_ADMIN",
    "SYS_BOOT",
    "SYS_CHROOT",
    "SYS_MODULE",
    "SYS_NICE",
    "SYS_PACCT",
    "SYS_PTRACE",
    "SYS_RAWIO",
    "SYS_RESOURCE",
    "SYS_TIME",
    "SYS_TTY_CONFIG",
    "WAKE_ALARM",
];

fn check_image(cx: &mut Cx<'_>, container: Obj<'_>) {
    let Some(node) = container.get("image") else { return };
    let Some(Err(violation)) = node.str().filter(|text| !text.is_empty()).map(|text| Format::ImageReference.check(text))
    else {
        return;
    };
    let help = match violation.fixed {
        Some(fixed) => format!("use `{fixed}`"),
        None => format!("write {}", Format::ImageReference.describe()),
    };
    cx.invalid(node, violation.message).help(help);
}

fn check_mount_path(cx: &mut Cx<'_>, mount: Obj<'_>) {
    let Some(node) = mount.get("mountPath") else { return };
    let Some(path) = node.str().filter(|path| !path.is_empty()) else { return };
    // Windows containers mount at `C:\…`.
    let windows = path.as_bytes().get(1) == Some(&b':') && path.as_bytes()[0].is_ascii_alphabetic();
    if windows {
        return;
    }
    if path.contains(':') {
        cx.invalid(node, format!("`{path}` can't be mounted: a mount path has no `:`"));
    } else if !path.starts_with('/') {
        cx.invalid(node, format!("`{path}` is relative: a volume is mounted at an absolute path"))
            .help(format!("use `/{}`", path.trim_start_matches("./")));
    }
}

fn check_root(cx: &mut Cx<'_>, holder: Obj<'_>) {
    let Some(context) = holder.object("securityContext") else { return };
    if let Some(node) = context.get("runAsUser").filter(|node| node.int() == Some(0)) {
        let message = format!("{} 0 is root", cx.f("runAsUser"));
        cx.invalid(node, message).help("use a user id above 0 that the image is made for");
        return;
    }
    if let Some(node) = context.get("runAsNonRoot").filter(|node| node.bool() == Some(false)) {
        let message = format!("{} `false` lets the image run as root", cx.f("runAsNonRoot"));
        cx.invalid(node, message).help("use `true`, with a user id above 0 that the image is made for");
    }
}

fn check_probe_ports(cx: &mut Cx<'_>, container: Obj<'_>) {
    if container.has_unknown("ports") {
        return;
    }
    let probes = ["livenessProbe", "readinessProbe", "startupProbe"];
    let hooks = container.object("lifecycle");
    let hooks = ["postStart", "preStop"].into_iter().filter_map(|hook| hooks?.object(hook));
    let handlers = probes.into_iter().filter_map(|probe| container.object(probe)).chain(hooks);
    for handler in handlers {
        for action in ["httpGet", "tcpSocket"] {
            if let Some(node) = handler.object(action).and_then(|action| action.get("port")) {
                check_port_name(cx, container, node);
            }
        }
    }
}

fn check_port_name(cx: &mut Cx<'_>, container: Obj<'_>, node: Node<'_>) {
    let Some(name) = node.str().filter(|name| !name.is_empty()) else { return };
    let names = || container.objects("ports").filter_map(|port| port.str("name"));
    if names().any(|other| other == name) {
        return;
    }
    let message = format!("the container has no port named `{name}`");
    let known: Vec<String> = names().map(|name| format!("`{name}`")).collect();
    let help = match suggest(name, names()) {
        Some(meant) => format!("use `{meant}`"),
        None if known.is_empty() => "write the port's number, or name a port of the container".to_owned(),
        None => format!("the container's named ports are {}", known.join(", ")),
    };
    cx.invalid(node, message).help(help);
}

fn check_capabilities(cx: &mut Cx<'_>, capabilities: Obj<'_>) {
    for node in capabilities.items("add").chain(capabilities.items("drop")) {
        let Value::Str(text) = node.value() else { continue };
        if CAPABILITIES.binary_search(&text).is_ok() {
            continue;
        }
        let upper = text.to_ascii_uppercase();
        let plain = upper.strip_prefix("CAP_").unwrap_or(&upper);
        let meant = match CAPABILITIES.binary_search(&plain) {
            Ok(_) => Some(plain),
            Err(_) => suggest(plain, CAPABILITIES.iter().copied()),
        };
        let message = format!("unknown capability `{text}`");
        let help = match meant {
            Some(meant) => format!("use `{meant}`"),
            None => "use a name of capabilities(7) without `CAP_`, such as `NET_BIND_SERVICE`".to_owned(),
        };
        cx.invalid(node, message).help(help);
    }
}
