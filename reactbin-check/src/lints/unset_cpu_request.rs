//! A container that asks for no processor time.

use super::pods::{self, End};
use super::{Family, Level, Lint, on};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "unset_cpu_request",
        on: "api.core.v1.Container api.core.v1.EphemeralContainer",
        severity: Severity::Warning,
        waivable: true,
        what: "A container requests no CPU.",
        source: "kube-linter: unset-cpu-requirements; Kubernetes: Resource Management for Pods and \
                 Containers",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, resources: {requests: {cpu: 100m}}}]}}",
        check: Some(check),
    },
    level: Level::Allow,
    family: Family::Resources,
    why: "The scheduler puts it on a node that has no time left for it, and others take what it \
          needs.",
    kube_linter: &[on("unset-cpu-requirements")],
};

fn check(cx: &mut Cx<'_>, container: Obj<'_>) {
    match pods::follow(container, &["resources", "requests", "cpu"]) {
        End::Missing(missing) => {
            let help = format!("add {} to its requests", cx.set("cpu", "100m"));
            missing.report(cx, "the container requests no CPU").help(help);
        }
        End::There(node) if node.quantity().is_some_and(|quantity| quantity.is_zero()) => {
            cx.invalid(node, "the container requests no CPU").help("use what it needs: `100m`");
        }
        _ => {}
    }
}
