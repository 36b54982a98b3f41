//! A container that nobody restarts when it hangs.

use super::{Family, Level, Lint, off};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "no_liveness_probe",
        on: "api.core.v1.PodSpec",
        severity: Severity::Warning,
        waivable: true,
        what: "A container has no liveness probe.",
        source: "kube-linter: no-liveness-probe; Kubernetes: Configure Liveness, Readiness and \
                 Startup Probes",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, livenessProbe: {exec: {command: [ok]}}}]}}",
        check: Some(check),
    },
    level: Level::Allow,
    family: Family::Reliability,
    why: "When it hangs without ending, it hangs until somebody looks.",
    kube_linter: &[off("no-liveness-probe")],
};

fn check(cx: &mut Cx<'_>, spec: Obj<'_>) {
    for container in spec.objects("containers") {
        if container.is_absent("livenessProbe") {
            cx.required(container, "livenessProbe", "nothing finds out that the container hangs");
        }
    }
}
