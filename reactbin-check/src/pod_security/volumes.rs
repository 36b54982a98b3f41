//! Checks of where a pod's volumes come from.

use super::Standard::{Baseline, Restricted};
use super::{Check, Pod, RULE, refuse};
use crate::cx::{Cx, Node, Place};
use crate::facts;
use crate::rules::Rule;
use crate::tree::Value;

pub(super) const HOST_PATH_VOLUMES: Check = Check {
    rule: Rule {
        id: "pss/baseline/hostPathVolumes",
        what: "No volume is a directory of the node: whoever can read or write the node's files can become \
               the node.",
        source: "Kubernetes: Pod Security Standards, baseline, HostPath Volumes; the check hostPathVolumes",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {volumes: [{name: data, hostPath: {path: /data}}], containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {volumes: [{name: data, persistentVolumeClaim: {claimName: data}}], containers: [{name: a, image: i}]}}",
        ..RULE
    },
    standard: Baseline,
    overrides: &[],
    run: check_host_paths,
};

fn check_host_paths(cx: &mut Cx<'_>, pod: Pod<'_>) {
    for volume in pod.spec.objects("volumes") {
        if volume.get("hostPath").is_none_or(Node::is_unknown) {
            continue;
        }
        let what = format!("the volume source {}", cx.f("hostPath"));
        let help = format!(
            "use {}, or {} for what needn't outlive the pod",
            cx.f("persistentVolumeClaim"),
            cx.f("emptyDir")
        );
        refuse(cx, Baseline, volume.key_place("hostPath"), what).help(help);
    }
}

pub(super) const RESTRICTED_VOLUMES: Check = Check {
    rule: Rule {
        id: "pss/restricted/restrictedVolumes",
        what: "A volume comes from a source that the cluster looks after: storage is asked for through a \
               claim, not named in the pod, whose author would choose the server and the driver.",
        source: "Kubernetes: Pod Security Standards, restricted, Volume Types; the check restrictedVolumes",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}, volumes: [{name: data, nfs: {server: nfs.example.com, path: /data}}], containers: [{name: a, image: i, securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}, volumes: [{name: data, persistentVolumeClaim: {claimName: data}}], containers: [{name: a, image: i, securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}}]}}",
        ..RULE
    },
    standard: Restricted,
    overrides: &[HOST_PATH_VOLUMES.rule.id],
    run: check_sources,
};

/// The sources that the restricted standard allows.
const ALLOWED: &[&str] = &[
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "image",
    "persistentVolumeClaim",
    "projected",
    "secret",
];

fn check_sources(cx: &mut Cx<'_>, pod: Pod<'_>) {
    for volume in pod.spec.objects("volumes") {
        // One that is allowed settles it; none at all means an `emptyDir`.
        if ALLOWED.iter().any(|source| volume.get(source).is_some()) {
            continue;
        }
        for (key, value) in volume.entries() {
            let Some(source) = key.str().filter(|key| is_other_source(key)) else { continue };
            if matches!(value.value(), Value::Null | Value::Unknown) {
                continue;
            }
            let what = format!("the volume source {}", cx.f(source));
            let allowed: Vec<String> = ALLOWED.iter().map(|source| cx.f(source)).collect();
            let help = format!("use one of {}", allowed.join(", "));
            refuse(cx, Restricted, Place::Key(key.id), what).help(help);
        }
    }
}

/// Whether a field of a volume is a source of it that isn't allowed: what isn't a field at all has
/// no effect.
fn is_other_source(field: &str) -> bool {
    field != "name"
        && !ALLOWED.contains(&field)
        && facts::type_def("api.core.v1.Volume").is_some_and(|volume| volume.field(field).is_some())
}
