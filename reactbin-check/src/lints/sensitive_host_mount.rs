//! A container that sees a directory of its node's system.

use super::pods;
use super::{Family, Level, Lint, on};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "sensitive_host_mount",
        on: "api.core.v1.PodSpec",
        severity: Severity::Warning,
        waivable: true,
        what: "A container mounts `/`, `/boot`, `/dev`, `/etc`, `/lib`, `/proc`, `/sys` or `/usr` \
               of its node.",
        source: "kube-linter: sensitive-host-mounts; Kubernetes: Volumes, hostPath",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {volumes: [{name: v, hostPath: {path: /etc}}], containers: [{name: a, image: i, volumeMounts: [{name: v, mountPath: /host}]}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {volumes: [{name: v, hostPath: {path: /srv/shop}}], containers: [{name: a, image: i, volumeMounts: [{name: v, mountPath: /host}]}]}}",
        check: Some(check),
    },
    level: Level::Warn,
    family: Family::Security,
    why: "There are the node's keys, passwords and programs: to read them is often enough to be \
          root on it.",
    kube_linter: &[on("sensitive-host-mounts")],
};

const SENSITIVE: &[&str] = &["/", "/boot", "/dev", "/etc", "/lib", "/proc", "/sys", "/usr"];

fn check(cx: &mut Cx<'_>, spec: Obj<'_>) {
    for (host, mount) in pods::host_mounts(spec) {
        let Some(node) = host.get("path") else { continue };
        let Some(path) = node.str().filter(|path| SENSITIVE.contains(path)) else { continue };
        cx.invalid(node, format!("`{path}` is a directory of the node's system"))
            .help("mount only the directory below it that is needed")
            .related(mount.id, "mounted here");
    }
}
