//! A container that nothing keeps from running as root.

use super::contexts::{Contexts, Effective};
use super::pods::{self, End};
use super::{Family, Level, Lint, on};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "may_run_as_root",
        on: "api.core.v1.PodSpec",
        severity: Severity::Warning,
        waivable: true,
        what: "A container runs as root, or may if its image says so.",
        source: "kube-linter: run-as-non-root; Kubernetes: Pod Security Standards, restricted",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, securityContext: {runAsNonRoot: true}}]}}",
        check: Some(check),
    },
    level: Level::Allow,
    family: Family::Security,
    why: "Root in a container is root on the node once it gets out. What the image says today may \
          change with its next version.",
    kube_linter: &[on("run-as-non-root")],
};

fn check(cx: &mut Cx<'_>, spec: Obj<'_>) {
    for container in pods::containers(spec) {
        let contexts = Contexts::of(cx, spec, container);
        if let Effective::Is(node) = contexts.get("runAsGroup")
            && node.int() == Some(0)
        {
            cx.invalid(node, format!("{} 0 is the group of root", cx.f("runAsGroup")))
                .help("use a group id above 0");
        }
        check_user(cx, container, contexts);
    }
}

fn check_user(cx: &mut Cx<'_>, container: Obj<'_>, contexts: Contexts<'_>) {
    let user = match contexts.get("runAsUser") {
        Effective::Is(node) => match node.int() {
            Some(id) if id <= 0 => Some(node),
            _ => return,
        },
        Effective::Unset => None,
        Effective::Unknown => return,
    };
    let non_root = contexts.get("runAsNonRoot");
    let help = format!("add {}, or a user id above 0", cx.set("runAsNonRoot", "true"));
    match (user, non_root) {
        (_, Effective::Unknown) => {}
        (None, Effective::Is(non_root)) if non_root.bool() != Some(false) => {}
        (Some(user), Effective::Is(non_root)) if non_root.bool() != Some(false) => {
            // The kubelet doesn't start it.
            if user.int() == Some(0) && non_root.bool() == Some(true) {
                let message = format!("user 0 is root, and {} is true", cx.f("runAsNonRoot"));
                cx.invalid(user, message).help("use a user id above 0");
            }
        }
        (Some(user), _) => {
            let id = user.int().unwrap_or_default();
            cx.invalid(user, format!("user {id} is root")).help("use a user id above 0");
        }
        (None, Effective::Is(non_root)) => {
            let message = format!("{} `false` lets the image run as root", cx.f("runAsNonRoot"));
            cx.invalid(non_root, message).help("use `true`");
        }
        (None, Effective::Unset) => {
            let path: &[&str] = &["securityContext", "runAsNonRoot"];
            if let End::Missing(missing) = pods::follow(container, path) {
                missing.report(cx, "nothing keeps the container from running as root").help(help);
            }
        }
    }
}
