//! An annotation of old that no kubelet reads any more.

use super::pods::{self, End};
use super::{Family, Level, Lint};
use crate::cx::{Cx, Obj, Place};
use crate::finding::{Reason, Severity};
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "ignored_annotation",
        on: "",
        severity: Severity::Warning,
        waivable: true,
        what: "A pod says by an annotation what only a field says now.",
        source: "core: the warnings of GetWarningsForPod",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a, annotations: {scheduler.alpha.kubernetes.io/critical-pod: \"\"}}, spec: {containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {priorityClassName: system-cluster-critical, containers: [{name: a, image: i}]}}",
        check: Some(check),
    },
    level: Level::Warn,
    family: Family::RunTime,
    why: "It does nothing: the pod runs without what the annotation asks for.",
    kube_linter: &[],
};

/// The annotations, the version since which nothing reads them, and the fields to use.
const IGNORED: &[(&str, &str, &str)] = &[
    ("scheduler.alpha.kubernetes.io/critical-pod", "1.16", "priorityClassName"),
    ("seccomp.security.alpha.kubernetes.io/pod", "1.27", "seccompProfile"),
    ("security.alpha.kubernetes.io/sysctls", "1.11", "sysctls"),
    ("security.alpha.kubernetes.io/unsafe-sysctls", "1.11", "sysctls"),
];

/// As above, before the name of a container.
const OF_CONTAINER: &str = "container.seccomp.security.alpha.kubernetes.io/";

fn check(cx: &mut Cx<'_>, root: Obj<'_>) {
    let Some(template) = pods::template(cx, root) else { return };
    let Some(annotations) = template.at(&["metadata", "annotations"]) else { return };
    for (key, _) in annotations.entries() {
        let Some(name) = key.str() else { continue };
        let known = IGNORED.iter().find(|(other, ..)| *other == name);
        let (since, field) = match known {
            Some((_, since, field)) => (*since, *field),
            None if name.starts_with(OF_CONTAINER) => ("1.27", "seccompProfile"),
            None => continue,
        };
        // With the field beside it, it may stay there for older nodes.
        if field == "seccompProfile" && !lacks_profile(template, name) {
            continue;
        }
        let message = format!("nothing reads `{name}` since Kubernetes {since}");
        let help = format!("use the field {}", cx.f(field));
        cx.report(Reason::Invalid, Place::Key(key.id), message).help(help);
    }
}

/// Whether what the annotation is about surely has no field for it.
fn lacks_profile(template: Obj<'_>, annotation: &str) -> bool {
    let lacks = |holder| {
        let profile = pods::follow(holder, &["securityContext", "seccompProfile"]);
        matches!(profile, End::Missing(_))
    };
    let Some(spec) = template.object("spec") else { return false };
    match annotation.strip_prefix(OF_CONTAINER) {
        None => lacks(spec),
        Some(name) => pods::containers(spec)
            .any(|container| container.str("name") == Some(name) && lacks(container)),
    }
}
