//! A container that can write to its node's disk.

use super::pods;
use super::{Family, Level, Lint, off};
use crate::cx::{Cx, Obj};
use crate::finding::{Reason, Severity};
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "writable_host_mount",
        on: "api.core.v1.PodSpec",
        severity: Severity::Warning,
        waivable: true,
        what: "A container mounts a directory of its node, and may write to it.",
        source: "kube-linter: writable-host-mount; Kubernetes: Volumes, hostPath",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {volumes: [{name: v, hostPath: {path: /srv/shop}}], containers: [{name: a, image: i, volumeMounts: [{name: v, mountPath: /v}]}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {volumes: [{name: v, hostPath: {path: /srv/shop}}], containers: [{name: a, image: i, volumeMounts: [{name: v, mountPath: /v, readOnly: true}]}]}}",
        check: Some(check),
    },
    level: Level::Allow,
    family: Family::Security,
    why: "What it writes stays on the node when it is gone, for the next pod or for the node \
          itself.",
    kube_linter: &[off("writable-host-mount")],
};

fn check(cx: &mut Cx<'_>, spec: Obj<'_>) {
    for (host, mount) in pods::host_mounts(spec) {
        if mount.bool_or("readOnly", false) == Some(false) {
            let path = host.str("path").unwrap_or_default();
            let message = format!("the container may write to `{path}` of its node");
            let help = format!("add {}", cx.set("readOnly", "true"));
            cx.report(Reason::Invalid, mount.place("readOnly"), message).help(help);
        }
    }
}
