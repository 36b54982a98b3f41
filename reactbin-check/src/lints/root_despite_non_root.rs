//! A container that must not be root, and is.

use super::contexts::{Contexts, Effective};
use super::pods;
use super::{Family, Level, Lint};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "root_despite_non_root",
        on: "api.core.v1.PodSpec",
        severity: Severity::Error,
        waivable: true,
        what: "A container says that it isn't root, and its user is 0.",
        source: "kubelet: verifyRunAsNonRoot",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {securityContext: {runAsNonRoot: true}, containers: [{name: a, image: i, securityContext: {runAsUser: 0}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {securityContext: {runAsNonRoot: true}, containers: [{name: a, image: i, securityContext: {runAsUser: 1000}}]}}",
        check: Some(check),
    },
    level: Level::Deny,
    family: Family::RunTime,
    why: "The server takes it, and the kubelet never starts the container: \
          CreateContainerConfigError.",
    kube_linter: &[],
};

fn check(cx: &mut Cx<'_>, spec: Obj<'_>) {
    for container in pods::containers(spec) {
        let contexts = Contexts::of(cx, spec, container);
        let (Effective::Is(user), Effective::Is(non_root)) =
            (contexts.get("runAsUser"), contexts.get("runAsNonRoot"))
        else {
            continue;
        };
        if user.int() == Some(0) && non_root.bool() == Some(true) {
            let message = format!(
                "user 0 is root, and {} is true: the container is never started",
                cx.f("runAsNonRoot")
            );
            cx.invalid(user, message)
                .help("use a user id above 0 that the image is made for")
                .related(non_root.id, "root is forbidden here");
        }
    }
}
