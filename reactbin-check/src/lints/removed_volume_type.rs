//! A volume of a kind that no kubelet mounts any more.

use super::{Family, Level, Lint};
use crate::cx::{Cx, Obj, Place};
use crate::finding::{Reason, Severity};
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "removed_volume_type",
        on: "api.core.v1.PersistentVolumeSpec api.core.v1.Volume",
        severity: Severity::Warning,
        waivable: true,
        what: "A volume is of a type whose driver is gone from Kubernetes.",
        source: "core: the warnings of GetWarningsForPod and GetWarningsForPersistentVolume; \
                 KEP-5040",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {volumes: [{name: v, gitRepo: {repository: \"https://git.example.com/a\"}}], containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {volumes: [{name: v, emptyDir: {}}], containers: [{name: a, image: i}]}}",
        check: Some(check),
    },
    level: Level::Warn,
    family: Family::RunTime,
    why: "The server takes it, and the pod waits for it for ever.",
    kube_linter: &[],
};

/// The types, and the version since which there is no driver for each.
const REMOVED: &[(&str, &str)] = &[
    ("cephfs", "1.31"),
    ("flocker", "1.25"),
    ("gitRepo", "1.33"),
    ("glusterfs", "1.26"),
    ("photonPersistentDisk", "1.16"),
    ("quobyte", "1.25"),
    ("rbd", "1.31"),
    ("scaleIO", "1.22"),
    ("storageos", "1.25"),
];

fn check(cx: &mut Cx<'_>, volume: Obj<'_>) {
    for (key, _) in volume.entries() {
        let Some(ty) = key.str() else { continue };
        let Some((_, since)) = REMOVED.iter().find(|(name, _)| *name == ty) else { continue };
        if volume.get(ty).is_none() {
            continue;
        }
        let message =
            format!("nothing mounts a volume of the type {} since Kubernetes {since}", cx.f(ty));
        let help = match ty {
            "gitRepo" => format!("use {}, and fill it by an init container", cx.f("emptyDir")),
            _ => "use a claim whose storage class has a CSI driver".to_owned(),
        };
        cx.report(Reason::Invalid, Place::Key(key.id), message).help(help);
    }
}
