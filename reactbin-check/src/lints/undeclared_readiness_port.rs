//! A readiness probe at a port that the container doesn't name.

use super::probes;
use super::{Family, Level, Lint, on};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "undeclared_readiness_port",
        on: "api.core.v1.PodSpec",
        severity: Severity::Warning,
        waivable: true,
        what: "A readiness probe asks at a port that isn't one of its container's.",
        source: "kube-linter: readiness-port; Kubernetes: Configure Liveness, Readiness and \
                 Startup Probes",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, ports: [{containerPort: 8080}], readinessProbe: {tcpSocket: {port: 8081}}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, ports: [{containerPort: 8080}], readinessProbe: {tcpSocket: {port: 8080}}}]}}",
        check: Some(check),
    },
    level: Level::Warn,
    family: Family::Reliability,
    why: "When nothing listens there, the pod is never ready and gets no requests.",
    kube_linter: &[on("readiness-port")],
};

fn check(cx: &mut Cx<'_>, spec: Obj<'_>) {
    probes::check_port(cx, spec, "readinessProbe", "readiness");
}
