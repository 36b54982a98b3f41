//! Checks of what a pod sees of the kernel and sets in it.

use super::Standard::{Baseline, Restricted};
use super::{Check, Pod, RULE, Standard, Version, quote, refuse};
use crate::cx::{Cx, Place};
use crate::rules::Rule;

pub(super) const PROC_MOUNT: Check = Check {
    rule: Rule {
        id: "pss/baseline/procMount",
        what: "A container sees /proc as the runtime masks it, unless the pod has users of its own: what is \
               masked there tells of the node, and changes it.",
        source: "Kubernetes: Pod Security Standards, baseline, /proc Mount Type; the check procMount",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, securityContext: {procMount: Unmasked}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {hostUsers: false, containers: [{name: a, image: i, securityContext: {procMount: Unmasked}}]}}",
        ..RULE
    },
    standard: Baseline,
    overrides: &[],
    run: check_proc_mount,
};

fn check_proc_mount(cx: &mut Cx<'_>, pod: Pod<'_>) {
    if pod.has_users_of_node() {
        let help = format!("leave it out, or give the pod {}", cx.set("hostUsers", "false"));
        check_masks(cx, pod, Baseline, &help);
    }
}

pub(super) const PROC_MOUNT_RESTRICTED: Check = Check {
    rule: Rule {
        id: "pss/restricted/procMount_restricted",
        what: "A container sees /proc as the runtime masks it, whoever the users of the pod are.",
        source: "Kubernetes: Pod Security Standards, restricted, /proc Mount Type; the check \
                 procMount_restricted",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {hostUsers: false, securityContext: {seccompProfile: {type: RuntimeDefault}}, containers: [{name: a, image: i, securityContext: {procMount: Unmasked, allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {hostUsers: false, securityContext: {seccompProfile: {type: RuntimeDefault}}, containers: [{name: a, image: i, securityContext: {procMount: Default, allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}}]}}",
        ..RULE
    },
    standard: Restricted,
    overrides: &[PROC_MOUNT.rule.id],
    run: check_proc_mount_restricted,
};

fn check_proc_mount_restricted(cx: &mut Cx<'_>, pod: Pod<'_>) {
    check_masks(cx, pod, Restricted, "leave it out");
}

fn check_masks(cx: &mut Cx<'_>, pod: Pod<'_>, standard: Standard, help: &str) {
    for node in pod.container_contexts().filter_map(|context| context.get("procMount")) {
        if let Some(mount) = node.str().filter(|mount| *mount != "Default") {
            let what = format!("{} {}", cx.f("procMount"), quote(mount));
            refuse(cx, standard, Place::Value(node.id), what).help(help);
        }
    }
}

pub(super) const SYSCTLS: Check = Check {
    rule: Rule {
        id: "pss/baseline/sysctls",
        what: "A pod sets only sysctls that are its own and can't slow down or starve others on the node.",
        source: "Kubernetes: Pod Security Standards, baseline, Sysctls; the check sysctls",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {securityContext: {sysctls: [{name: net.core.somaxconn, value: \"1024\"}]}, containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {securityContext: {sysctls: [{name: net.ipv4.tcp_syncookies, value: \"1\"}]}, containers: [{name: a, image: i}]}}",
        ..RULE
    },
    standard: Baseline,
    overrides: &[],
    run: check_sysctls,
};

/// The sysctls that are allowed, and the version that first does.
const ALLOWED: &[(&str, Version)] = &[
    ("kernel.shm_rmid_forced", Version::V1_36),
    ("net.ipv4.ip_local_port_range", Version::V1_36),
    ("net.ipv4.ip_local_reserved_ports", Version::V1_36),
    ("net.ipv4.ip_unprivileged_port_start", Version::V1_36),
    ("net.ipv4.ping_group_range", Version::V1_36),
    ("net.ipv4.tcp_fin_timeout", Version::V1_36),
    ("net.ipv4.tcp_keepalive_intvl", Version::V1_36),
    ("net.ipv4.tcp_keepalive_probes", Version::V1_36),
    ("net.ipv4.tcp_keepalive_time", Version::V1_36),
    ("net.ipv4.tcp_notsent_lowat", Version::V1_37),
    ("net.ipv4.tcp_rmem", Version::V1_36),
    ("net.ipv4.tcp_slow_start_after_idle", Version::V1_37),
    ("net.ipv4.tcp_syncookies", Version::V1_36),
    ("net.ipv4.tcp_wmem", Version::V1_36),
];

fn check_sysctls(cx: &mut Cx<'_>, pod: Pod<'_>) {
    let Some(context) = pod.spec.object("securityContext") else { return };
    for sysctl in context.objects("sysctls") {
        let Some(name) = sysctl.str_or("name", "") else { continue };
        let same = |(allowed, _): &&(&str, Version)| *allowed == name;
        let since = ALLOWED.iter().find(same).map(|(_, since)| *since);
        if since.is_some_and(|since| since <= pod.version) {
            continue;
        }
        // The kernel takes slashes for dots, where the standard compares text.
        let dotted = name.replace('/', ".");
        let help = match since {
            Some(since) => format!("leave it out: it is allowed from version {}", since.name()),
            None if ALLOWED.iter().any(|(allowed, _)| *allowed == dotted) => {
                format!("use `{dotted}`, in this spelling")
            }
            None => "leave it out".to_owned(),
        };
        refuse(cx, Baseline, sysctl.place("name"), format!("the sysctl {}", quote(name)))
            .help(help);
    }
}
