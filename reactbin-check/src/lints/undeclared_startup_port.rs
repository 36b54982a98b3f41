//! A startup probe at a port that the container doesn't name.

use super::probes;
use super::{Family, Level, Lint, on};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "undeclared_startup_port",
        on: "api.core.v1.PodSpec",
        severity: Severity::Warning,
        waivable: true,
        what: "A startup probe asks at a port that isn't one of its container's.",
        source: "kube-linter: startup-port; Kubernetes: Configure Liveness, Readiness and Startup \
                 Probes",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, ports: [{containerPort: 8080}], startupProbe: {tcpSocket: {port: 8081}}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, ports: [{containerPort: 8080}], startupProbe: {tcpSocket: {port: 8080}}}]}}",
        check: Some(check),
    },
    level: Level::Warn,
    family: Family::Reliability,
    why: "When nothing listens there, the container never counts as started, and is restarted.",
    kube_linter: &[on("startup-port")],
};

fn check(cx: &mut Cx<'_>, spec: Obj<'_>) {
    probes::check_port(cx, spec, "startupProbe", "startup");
}
