//! A container that gets requests before it can answer.

use super::{Family, Level, Lint, off};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "no_readiness_probe",
        on: "api.core.v1.PodSpec",
        severity: Severity::Warning,
        waivable: true,
        what: "A container has no readiness probe.",
        source: "kube-linter: no-readiness-probe; Kubernetes: Configure Liveness, Readiness and \
                 Startup Probes",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, readinessProbe: {exec: {command: [ok]}}}]}}",
        check: Some(check),
    },
    level: Level::Allow,
    family: Family::Reliability,
    why: "A Service sends it requests as soon as it is started, and goes on when it can't answer.",
    kube_linter: &[off("no-readiness-probe")],
};

fn check(cx: &mut Cx<'_>, spec: Obj<'_>) {
    for container in spec.objects("containers") {
        if container.is_absent("readinessProbe") {
            cx.required(
                container,
                "readinessProbe",
                "nothing finds out whether the container can answer",
            );
        }
    }
}
