//! A password, key or token that is written out where everyone reads it.

use super::literals::{TYPES, each, way_out};
use super::{Family, Level, Lint};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;
use crate::secrets;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "literal_secret",
        on: TYPES,
        severity: Severity::Error,
        waivable: true,
        what: "A password, key or token isn't written into a variable, a command, an annotation or a \
               ConfigMap: what is named like one, has the form of one, or is a connection string with \
               a password.",
        source: "Kubernetes: Good practices for Kubernetes Secrets",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, env: [{name: DB_PASSWORD, value: hunter2}]}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, env: [{name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: db, key: password}}}]}]}}",
        check: Some(check),
    },
    level: Level::Deny,
    family: Family::Secrets,
    why: "Everyone who reads the repository or may look at the object reads it, and the history of both \
          keeps it.",
    kube_linter: &[],
};

fn check(cx: &mut Cx<'_>, object: Obj<'_>) {
    each(object, |literal| {
        if let Some(secret) = secrets::find_known(literal.key, literal.text) {
            let help = way_out(cx, &literal);
            let message = format!("{} is written out in a manifest", secret.describe());
            cx.invalid(literal.node, message).help(help);
        }
    });
}
