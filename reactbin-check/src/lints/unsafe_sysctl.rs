//! A kernel parameter that nodes refuse to set.

use super::{Family, Level, Lint};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "unsafe_sysctl",
        on: "api.core.v1.Sysctl",
        severity: Severity::Warning,
        waivable: true,
        what: "A pod sets a kernel parameter that isn't in the safe set.",
        source: "Kubernetes: Using sysctls in a Kubernetes Cluster, safe and unsafe sysctls",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {securityContext: {sysctls: [{name: net.core.somaxconn, value: \"1024\"}]}, containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {securityContext: {sysctls: [{name: net.ipv4.tcp_syncookies, value: \"1\"}]}, containers: [{name: a, image: i}]}}",
        check: Some(check),
    },
    level: Level::Warn,
    family: Family::RunTime,
    why: "A kubelet that isn't told to allow it refuses the pod: SysctlForbidden.",
    kube_linter: &[],
};

/// What a kubelet of Kubernetes 1.37 sets without being told that it may.
const SAFE: &[&str] = &[
    "kernel.shm_rmid_forced",
    "net.ipv4.ip_local_port_range",
    "net.ipv4.ip_local_reserved_ports",
    "net.ipv4.ip_unprivileged_port_start",
    "net.ipv4.ping_group_range",
    "net.ipv4.tcp_fin_timeout",
    "net.ipv4.tcp_keepalive_intvl",
    "net.ipv4.tcp_keepalive_probes",
    "net.ipv4.tcp_keepalive_time",
    "net.ipv4.tcp_notsent_lowat",
    "net.ipv4.tcp_rmem",
    "net.ipv4.tcp_slow_start_after_idle",
    "net.ipv4.tcp_syncookies",
    "net.ipv4.tcp_wmem",
];

fn check(cx: &mut Cx<'_>, sysctl: Obj<'_>) {
    let Some(node) = sysctl.get("name") else { return };
    let Some(name) = node.str().filter(|name| !name.is_empty()) else { return };
    // With slashes between its parts, it is the same parameter.
    let dotted = name.replace('/', ".");
    if !SAFE.contains(&dotted.as_str()) {
        cx.invalid(node, format!("a kubelet doesn't set `{name}` unless it is told to")).help(
            format!("remove it, or start the kubelets with `--allowed-unsafe-sysctls={dotted}`"),
        );
    }
}
