//! A secret in a variable rather than in a file.

use super::{Family, Level, Lint, off};
use crate::cx::{Cx, Obj};
use crate::finding::{Reason, Severity};
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "secret_in_environment",
        on: "api.core.v1.EnvVar",
        severity: Severity::Warning,
        waivable: true,
        what: "A variable takes its value from a Secret.",
        source: "kube-linter: read-secret-from-env-var; CIS Kubernetes Benchmark: 5.4.1",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, env: [{name: PASSWORD, valueFrom: {secretKeyRef: {name: s, key: k}}}]}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {volumes: [{name: v, secret: {secretName: s}}], containers: [{name: a, image: i, volumeMounts: [{name: v, mountPath: /secrets}]}]}}",
        check: Some(check),
    },
    level: Level::Allow,
    family: Family::Secrets,
    why: "The environment is inherited by every program, and ends up in logs and crash reports.",
    kube_linter: &[off("read-secret-from-env-var")],
};

fn check(cx: &mut Cx<'_>, env: Obj<'_>) {
    let Some(source) = env.object("valueFrom") else { return };
    if source.get("secretKeyRef").is_some_and(|node| !node.is_unknown()) {
        let name = env.str("name").unwrap_or_default();
        let message = format!("`{name}` takes a secret into the environment");
        cx.report(Reason::Invalid, source.key_place("secretKeyRef"), message)
            .help("mount the Secret as a volume, and read the file");
    }
}
