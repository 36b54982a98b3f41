//! A Secret whose values stand in the manifest.

use super::{Family, Level, Lint};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "plaintext_secret",
        on: "api.core.v1.Secret",
        severity: Severity::Error,
        waivable: true,
        what: "A Secret's values aren't written into a manifest.",
        source: "Kubernetes: Good practices for Kubernetes Secrets",
        bad: "{apiVersion: v1, kind: Secret, metadata: {name: a}, stringData: {password: hunter2}}",
        good: "{apiVersion: v1, kind: Secret, metadata: {name: a}}",
        check: Some(check),
    },
    level: Level::Deny,
    family: Family::Secrets,
    why: "Everyone who reads the repository reads them, and its history keeps them.",
    kube_linter: &[],
};

fn check(cx: &mut Cx<'_>, secret: Obj<'_>) {
    for field in ["data", "stringData"] {
        let Some(values) = secret.object(field) else { continue };
        for (key, value) in values.entries() {
            if value.str().is_none_or(str::is_empty) {
                continue;
            }
            let key = cx.tree.str(key.id);
            cx.invalid(value, format!("the value of `{key}` is written out in a manifest")).help(
                "let something else fill the Secret, such as a VaultStaticSecret, and refer to that",
            );
        }
    }
}
