//! A variable with a secret's name and its value beside it.

use super::{Family, Level, Lint, on};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "literal_env_secret",
        on: "api.core.v1.EnvVar",
        severity: Severity::Warning,
        waivable: true,
        what: "A variable that calls itself a secret has its value written out.",
        source: "kube-linter: env-var-secret; Kubernetes: Good practices for Kubernetes Secrets",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, env: [{name: CLIENT_SECRET, value: hunter2}]}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, env: [{name: CLIENT_SECRET, valueFrom: {secretKeyRef: {name: s, key: k}}}]}]}}",
        check: Some(check),
    },
    level: Level::Allow,
    family: Family::Secrets,
    why: "Everyone who reads the repository or the object reads it.",
    kube_linter: &[on("env-var-secret")],
};

fn check(cx: &mut Cx<'_>, env: Obj<'_>) {
    let Some(value) = env.get("value") else { return };
    if value.str().is_none_or(|text| text.chars().all(|c| c == '\n')) {
        return;
    }
    let Some(name) = env.str("name") else { return };
    let is_secret = |part: &[u8]| part.eq_ignore_ascii_case(b"secret");
    if name.as_bytes().windows("secret".len()).any(is_secret) {
        let help = format!("take it from a Secret: {}", cx.f("secretKeyRef"));
        cx.invalid(value, format!("the value of `{name}` is written out in a manifest")).help(help);
    }
}
