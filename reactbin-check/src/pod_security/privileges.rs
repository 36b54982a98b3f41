//! Checks of what a container may do, and may come to be allowed.

use super::Standard::{Baseline, Restricted};
use super::pod::{gap, text};
use super::{Check, Pod, RULE, demand, quote, refuse};
use crate::cx::{Cx, Node, Obj, Place};
use crate::finding::Reason;
use crate::rules::Rule;
use crate::tree::Value;

pub(super) const PRIVILEGED: Check = Check {
    rule: Rule {
        id: "pss/baseline/privileged",
        what: "No container is privileged: next to nothing keeps such a container from the node.",
        source: "Kubernetes: Pod Security Standards, baseline, Privileged Containers; the check privileged",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, securityContext: {privileged: true}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, securityContext: {privileged: false}}]}}",
        ..RULE
    },
    standard: Baseline,
    overrides: &[],
    run: check_privileged,
};

fn check_privileged(cx: &mut Cx<'_>, pod: Pod<'_>) {
    for context in pod.container_contexts() {
        if let Some(node) = context.get("privileged").filter(|node| node.bool() == Some(true)) {
            let what = cx.set("privileged", "true");
            refuse(cx, Baseline, Place::Value(node.id), what).help("leave it out");
        }
    }
}

pub(super) const CAPABILITIES_BASELINE: Check = Check {
    rule: Rule {
        id: "pss/baseline/capabilities_baseline",
        what: "A container adds only capabilities that it has by default in most runtimes, `NET_RAW` not \
               among them: any other one is a way to the node or to the traffic of other pods.",
        source: "Kubernetes: Pod Security Standards, baseline, Capabilities; the check capabilities_baseline",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, securityContext: {capabilities: {add: [NET_ADMIN]}}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, securityContext: {capabilities: {add: [NET_BIND_SERVICE]}}}]}}",
        ..RULE
    },
    standard: Baseline,
    overrides: &[],
    run: check_added,
};

/// The capabilities that the baseline standard lets a container add, in this spelling.
const BASELINE: &[&str] = &[
    "AUDIT_WRITE",
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "MKNOD",
    "NET_BIND_SERVICE",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_CHROOT",
];

/// The one that the restricted standard lets a container add.
const RESTRICTED: &[&str] = &["NET_BIND_SERVICE"];

fn check_added(cx: &mut Cx<'_>, pod: Pod<'_>) {
    for capabilities in pod.container_contexts().filter_map(|c| c.object("capabilities")) {
        for node in capabilities.items("add") {
            let Some(name) = text(node).filter(|name| !BASELINE.contains(name)) else { continue };
            let help = match spelt(name, BASELINE) {
                Some(right) => format!("use `{right}`, in this spelling"),
                None => {
                    "leave it out: only capabilities that containers usually have can be added, \
                         such as `NET_BIND_SERVICE`"
                        .to_owned()
                }
            };
            refuse(cx, Baseline, Place::Value(node.id), format!("adding {}", quote(name)))
                .help(help);
        }
    }
}

/// The capability of this name in another spelling: a runtime takes `cap_chown` for `CHOWN`, where
/// a standard compares text.
fn spelt(name: &str, allowed: &[&'static str]) -> Option<&'static str> {
    let bare = match name.split_at_checked(4) {
        Some((prefix, bare)) if prefix.eq_ignore_ascii_case("CAP_") => bare,
        _ => name,
    };
    allowed.iter().copied().find(|allowed| allowed.eq_ignore_ascii_case(bare))
}

pub(super) const CAPABILITIES_RESTRICTED: Check = Check {
    rule: Rule {
        id: "pss/restricted/capabilities_restricted",
        what: "A container drops all capabilities and adds none but `NET_BIND_SERVICE`, so that it has no \
               more of root's power than ports below 1024. A pod for Windows, which has no \
               capabilities, is left alone.",
        source: "Kubernetes: Pod Security Standards, restricted, Capabilities; the check \
                 capabilities_restricted",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}, containers: [{name: a, image: i, securityContext: {allowPrivilegeEscalation: false}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}, containers: [{name: a, image: i, securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}}}]}}",
        ..RULE
    },
    standard: Restricted,
    overrides: &[CAPABILITIES_BASELINE.rule.id],
    run: check_capabilities,
};

fn check_capabilities(cx: &mut Cx<'_>, pod: Pod<'_>) {
    if !pod.is_not_for_windows() {
        return;
    }
    for container in pod.containers() {
        if let Some(gap) = gap(container, "securityContext.capabilities.drop") {
            demand(cx, pod, gap, "[\"ALL\"]", "that all capabilities are dropped");
        }
        let Some(capabilities) = container.at(&["securityContext", "capabilities"]) else {
            continue;
        };
        check_dropped(cx, capabilities);
        for node in capabilities.items("add") {
            let Some(name) = text(node).filter(|name| !RESTRICTED.contains(name)) else { continue };
            let help = match spelt(name, RESTRICTED) {
                Some(right) => format!("use `{right}`, in this spelling"),
                None => "leave it out: only `NET_BIND_SERVICE` can be added".to_owned(),
            };
            refuse(cx, Restricted, Place::Value(node.id), format!("adding {}", quote(name)))
                .help(help);
        }
    }
}

/// Whether the list of what is dropped has `ALL`, in this spelling.
fn check_dropped(cx: &mut Cx<'_>, capabilities: Obj<'_>) {
    let Some(node) = capabilities.get("drop") else { return };
    let has_all = node.items().any(|item| text(item).is_none_or(|name| name == "ALL"));
    if has_all || !matches!(node.value(), Value::List(_)) {
        return;
    }
    let is_all = |item: &Node<'_>| item.str().is_some_and(|name| name.eq_ignore_ascii_case("ALL"));
    let (node, help) = match node.items().find(is_all) {
        Some(item) => (item, "use `ALL`, in this spelling"),
        None => (node, "use `[\"ALL\"]`"),
    };
    let message = "the restricted standard demands that all capabilities are dropped";
    cx.report(Reason::Required, Place::Value(node.id), message).help(help);
}

pub(super) const ALLOW_PRIVILEGE_ESCALATION: Check = Check {
    rule: Rule {
        id: "pss/restricted/allowPrivilegeEscalation",
        what: "A container says that none of its processes can gain more privileges than the one that \
               started it, as a set-user-ID program would. A pod for Windows, which doesn't know this, \
               is left alone.",
        source: "Kubernetes: Pod Security Standards, restricted, Privilege Escalation; the check \
                 allowPrivilegeEscalation",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}, containers: [{name: a, image: i, securityContext: {capabilities: {drop: [ALL]}}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}, containers: [{name: a, image: i, securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}}]}}",
        ..RULE
    },
    standard: Restricted,
    overrides: &[],
    run: check_escalation,
};

fn check_escalation(cx: &mut Cx<'_>, pod: Pod<'_>) {
    if !pod.is_not_for_windows() {
        return;
    }
    for container in pod.containers() {
        if let Some(gap) = gap(container, "securityContext.allowPrivilegeEscalation") {
            let what = cx.set("allowPrivilegeEscalation", "false");
            demand(cx, pod, gap, "false", what);
        }
        let Some(context) = container.object("securityContext") else { continue };
        let Some(node) = context.get("allowPrivilegeEscalation") else { continue };
        if node.bool() == Some(true) {
            let what = cx.set("allowPrivilegeEscalation", "true");
            refuse(cx, Restricted, Place::Value(node.id), what).help("use `false`");
        }
    }
}
