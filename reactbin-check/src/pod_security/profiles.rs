//! Checks of the profiles that the node's security modules put around a container: AppArmor,
//! seccomp, SELinux.

use super::Standard::{Baseline, Restricted};
use super::{Check, Pod, RULE, Standard, demand, quote, refuse};
use crate::cx::{Cx, Obj, Place};
use crate::rules::Rule;

pub(super) const APP_ARMOR_PROFILE: Check = Check {
    rule: Rule {
        id: "pss/baseline/appArmorProfile",
        what: "The AppArmor profile is the runtime's or one that the node has, in the fields and in the \
               annotations that were there before them: without one nothing confines the container on a \
               node that has AppArmor.",
        source: "Kubernetes: Pod Security Standards, baseline, AppArmor; the check appArmorProfile",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, securityContext: {appArmorProfile: {type: Unconfined}}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, securityContext: {appArmorProfile: {type: RuntimeDefault}}}]}}",
        ..RULE
    },
    standard: Baseline,
    overrides: &[],
    run: check_app_armor,
};

const APP_ARMOR_ANNOTATION: &str = "container.apparmor.security.beta.kubernetes.io/";

fn check_app_armor(cx: &mut Cx<'_>, pod: Pod<'_>) {
    let help = "use `RuntimeDefault` or `Localhost`";
    for profile in pod.contexts().filter_map(|context| context.object("appArmorProfile")) {
        check_type(cx, profile, Baseline, "the AppArmor profile", help);
    }
    let annotations = pod.metadata.and_then(|metadata| metadata.object("annotations"));
    for (key, value) in annotations.into_iter().flat_map(Obj::entries) {
        if !key.str().is_some_and(|key| key.starts_with(APP_ARMOR_ANNOTATION)) {
            continue;
        }
        let Some(profile) = value.str() else { continue };
        if !matches!(profile, "" | "runtime/default") && !profile.starts_with("localhost/") {
            let what = format!("the AppArmor profile {}", quote(profile));
            refuse(cx, Baseline, Place::Value(value.id), what).help(
                "use `runtime/default`, or `localhost/` and the name of a profile of the node",
            );
        }
    }
}

/// Whether a profile is the runtime's or one that the node has; a profile says which.
fn check_type(cx: &mut Cx<'_>, profile: Obj<'_>, standard: Standard, title: &str, help: &str) {
    let Some(kind) = profile.str_or("type", "") else { return };
    if !matches!(kind, "RuntimeDefault" | "Localhost") {
        refuse(cx, standard, profile.place("type"), format!("{title} {}", quote(kind))).help(help);
    }
}

pub(super) const SECCOMP_PROFILE_BASELINE: Check = Check {
    rule: Rule {
        id: "pss/baseline/seccompProfile_baseline",
        what: "No container goes without a seccomp profile on purpose: all of the kernel's calls would be \
               open to it.",
        source: "Kubernetes: Pod Security Standards, baseline, Seccomp; the check seccompProfile_baseline",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {securityContext: {seccompProfile: {type: Unconfined}}, containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {securityContext: {seccompProfile: {type: RuntimeDefault}}, containers: [{name: a, image: i}]}}",
        ..RULE
    },
    standard: Baseline,
    overrides: &[],
    run: check_seccomp,
};

fn check_seccomp(cx: &mut Cx<'_>, pod: Pod<'_>) {
    check_seccomp_types(cx, pod, Baseline);
}

fn check_seccomp_types(cx: &mut Cx<'_>, pod: Pod<'_>, standard: Standard) {
    let help = "use `RuntimeDefault` or `Localhost`";
    for profile in pod.contexts().filter_map(|context| context.object("seccompProfile")) {
        check_type(cx, profile, standard, "the seccomp profile", help);
    }
}

pub(super) const SECCOMP_PROFILE_RESTRICTED: Check = Check {
    rule: Rule {
        id: "pss/restricted/seccompProfile_restricted",
        what: "The pod or each of its containers asks for a seccomp profile, since most nodes have none by \
               default; none asks to go without. A pod for Windows, which has no seccomp, is left alone.",
        source: "Kubernetes: Pod Security Standards, restricted, Seccomp; the check seccompProfile_restricted",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {securityContext: {runAsNonRoot: true}, containers: [{name: a, image: i, securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}, containers: [{name: a, image: i, securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}}]}}",
        ..RULE
    },
    standard: Restricted,
    overrides: &[SECCOMP_PROFILE_BASELINE.rule.id],
    run: check_seccomp_restricted,
};

fn check_seccomp_restricted(cx: &mut Cx<'_>, pod: Pod<'_>) {
    if !pod.is_not_for_windows() {
        return;
    }
    check_seccomp_types(cx, pod, Restricted);
    if let Some(gap) = pod.shared_gap("securityContext.seccompProfile") {
        let what = format!("a {}", cx.f("seccompProfile"));
        demand(cx, pod, gap, "{ type: RuntimeDefault }", what).beneath(vec!["type"]);
    }
}

pub(super) const SE_LINUX_OPTIONS: Check = Check {
    rule: Rule {
        id: "pss/baseline/seLinuxOptions",
        what: "The SELinux type is one of those made for containers, and its user and role are the \
               runtime's: others let a container at what is the node's.",
        source: "Kubernetes: Pod Security Standards, baseline, SELinux; the check seLinuxOptions",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {securityContext: {seLinuxOptions: {type: spc_t}}, containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {securityContext: {seLinuxOptions: {type: container_t}}, containers: [{name: a, image: i}]}}",
        ..RULE
    },
    standard: Baseline,
    overrides: &[],
    run: check_se_linux,
};

/// The types that are made for containers.
const CONTAINER_TYPES: &[&str] =
    &["container_t", "container_init_t", "container_kvm_t", "container_engine_t"];

fn check_se_linux(cx: &mut Cx<'_>, pod: Pod<'_>) {
    for options in pod.contexts().filter_map(|context| context.object("seLinuxOptions")) {
        for field in ["type", "user", "role"] {
            let Some(value) = options.str(field).filter(|value| !value.is_empty()) else {
                continue;
            };
            let help = match field {
                "type" if CONTAINER_TYPES.contains(&value) => continue,
                "type" => format!("leave it out, or use one of `{}`", CONTAINER_TYPES.join("`, `")),
                _ => "leave it out".to_owned(),
            };
            let what = format!("the SELinux {field} {}", quote(value));
            refuse(cx, Baseline, options.place(field), what).help(help);
        }
    }
}
