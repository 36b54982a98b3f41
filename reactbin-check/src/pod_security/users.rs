//! Checks of the users that containers run as. A pod with users of its own is left alone: its root
//! is nobody on the node.

use super::Standard::Restricted;
use super::{Check, Pod, RULE, demand, refuse};
use crate::cx::{Cx, Place};
use crate::rules::Rule;

pub(super) const RUN_AS_NON_ROOT: Check = Check {
    rule: Rule {
        id: "pss/restricted/runAsNonRoot",
        what: "The pod or each of its containers says that it doesn't run as root, which the kubelet then \
               holds the image to; none says the opposite. Root in a container is root on the node once \
               it gets out, unless the pod has users of its own.",
        source: "Kubernetes: Pod Security Standards, restricted, Running as Non-root; the check runAsNonRoot",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {securityContext: {seccompProfile: {type: RuntimeDefault}}, containers: [{name: a, image: i, securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}, containers: [{name: a, image: i, securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}}]}}",
        ..RULE
    },
    standard: Restricted,
    overrides: &[],
    run: check_non_root,
};

fn check_non_root(cx: &mut Cx<'_>, pod: Pod<'_>) {
    if !pod.has_users_of_node() {
        return;
    }
    for node in pod.contexts().filter_map(|context| context.get("runAsNonRoot")) {
        if node.bool() == Some(false) {
            let what = cx.set("runAsNonRoot", "false");
            refuse(cx, Restricted, Place::Value(node.id), what)
                .help("use `true`, with an image that doesn't run as root");
        }
    }
    if let Some(gap) = pod.shared_gap("securityContext.runAsNonRoot") {
        let what = cx.set("runAsNonRoot", "true");
        demand(cx, pod, gap, "true", what);
    }
}

pub(super) const RUN_AS_USER: Check = Check {
    rule: Rule {
        id: "pss/restricted/runAsUser",
        what: "Neither the pod nor a container asks for user 0, which is root, unless the pod has users of \
               its own.",
        source: "Kubernetes: Pod Security Standards, restricted, Running as Non-root user; the check runAsUser",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {securityContext: {runAsNonRoot: true, runAsUser: 0, seccompProfile: {type: RuntimeDefault}}, containers: [{name: a, image: i, securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {securityContext: {runAsNonRoot: true, runAsUser: 1000, seccompProfile: {type: RuntimeDefault}}, containers: [{name: a, image: i, securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}}]}}",
        ..RULE
    },
    standard: Restricted,
    overrides: &[],
    run: check_user,
};

fn check_user(cx: &mut Cx<'_>, pod: Pod<'_>) {
    if !pod.has_users_of_node() {
        return;
    }
    for node in pod.contexts().filter_map(|context| context.get("runAsUser")) {
        if node.int() == Some(0) {
            let what = format!("{} 0", cx.f("runAsUser"));
            refuse(cx, Restricted, Place::Value(node.id), what)
                .help("use a user id above 0 that the image is made for");
        }
    }
}
