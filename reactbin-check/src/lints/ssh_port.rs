//! A container with an SSH server.

use super::{Family, Level, Lint, on};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "ssh_port",
        on: "api.core.v1.ContainerPort",
        severity: Severity::Warning,
        waivable: true,
        what: "A container has the TCP port 22.",
        source: "kube-linter: ssh-port",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, ports: [{containerPort: 22}]}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, ports: [{containerPort: 8080}]}]}}",
        check: Some(check),
    },
    level: Level::Warn,
    family: Family::Security,
    why: "A way in with keys and passwords of its own, past the API server and what that logs.",
    kube_linter: &[on("ssh-port")],
};

fn check(cx: &mut Cx<'_>, port: Obj<'_>) {
    let Some(node) = port.get("containerPort").filter(|node| node.int() == Some(22)) else {
        return;
    };
    if port.str_or("protocol", "TCP").is_some_and(|protocol| protocol.contains("TCP")) {
        cx.invalid(node, "port 22 is for SSH").help("remove it, and use `kubectl exec` instead");
    }
}
