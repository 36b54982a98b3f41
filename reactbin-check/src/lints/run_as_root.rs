//! A pod or container that says outright that it runs as root.

use super::contexts::{Contexts, Effective};
use super::pods;
use super::{Family, Level, Lint};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "run_as_root",
        on: "api.core.v1.PodSpec",
        severity: Severity::Error,
        waivable: true,
        what: "A container that says outright that it runs as root needs a reason.",
        source: "Kubernetes: Pod Security Standards, restricted",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, securityContext: {runAsUser: 0}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, securityContext: {runAsUser: 1000}}]}}",
        check: Some(check),
    },
    level: Level::Deny,
    family: Family::Security,
    why: "Root in a container is root on the node once it gets out.",
    kube_linter: &[],
};

fn check(cx: &mut Cx<'_>, spec: Obj<'_>) {
    if let Some(context) = spec.object("securityContext") {
        check_context(cx, context, context.bool("runAsNonRoot") == Some(true));
    }
    for container in pods::containers(spec) {
        let Some(context) = container.object("securityContext") else { continue };
        let non_root = Contexts::of(cx, spec, container).get("runAsNonRoot");
        let is_refused = matches!(non_root, Effective::Is(node) if node.bool() == Some(true));
        check_context(cx, context, is_refused);
    }
}

/// Checks one context. Where the kubelet refuses root, `root_despite_non_root` says so of the user.
fn check_context(cx: &mut Cx<'_>, context: Obj<'_>, is_refused: bool) {
    if let Some(node) = context.get("runAsUser").filter(|node| node.int() == Some(0)) {
        if !is_refused {
            let message = format!("{} 0 is root", cx.f("runAsUser"));
            cx.invalid(node, message).help("use a user id above 0 that the image is made for");
        }
        return;
    }
    if let Some(node) = context.get("runAsNonRoot").filter(|node| node.bool() == Some(false)) {
        let message = format!("{} `false` lets the image run as root", cx.f("runAsNonRoot"));
        cx.invalid(node, message)
            .help("use `true`, with a user id above 0 that the image is made for");
    }
}
