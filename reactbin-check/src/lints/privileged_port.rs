//! A port that only root may open, by old custom.

use super::{Family, Level, Lint, off};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "privileged_port",
        on: "api.core.v1.ContainerPort",
        severity: Severity::Warning,
        waivable: true,
        what: "A container has a port below 1024.",
        source: "kube-linter: privileged-ports",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, ports: [{containerPort: 80}]}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, ports: [{containerPort: 8080}]}]}}",
        check: Some(check),
    },
    level: Level::Allow,
    family: Family::Security,
    why: "Runtimes that don't lift the old limit let only root open it, or who has \
          `NET_BIND_SERVICE`.",
    kube_linter: &[off("privileged-ports")],
};

fn check(cx: &mut Cx<'_>, port: Obj<'_>) {
    let Some(node) = port.get("containerPort") else { return };
    let Some(number) = node.int().filter(|number| (1..1024).contains(number)) else { return };
    cx.invalid(node, format!("port {number} may need root"))
        .help("let the program listen at a port from 1024 on, such as `8080`");
}
