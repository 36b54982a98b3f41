//! A long text that looks as if it was drawn at random.

use super::literals::{TYPES, each, way_out};
use super::{Family, Level, Lint};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;
use crate::secrets;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "random_text",
        on: TYPES,
        severity: Severity::Error,
        waivable: true,
        what: "A long text that looks random doesn't stand in a variable, a command, an annotation or a \
               ConfigMap: keys and tokens look so.",
        source: "Kubernetes: Good practices for Kubernetes Secrets",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, env: [{name: SEED, value: q7Rk2mXv9TzLw4Yb8NcJ5hGd1PfS6aUe}]}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, env: [{name: SEED, valueFrom: {secretKeyRef: {name: seeds, key: first}}}]}]}}",
        check: Some(check),
    },
    level: Level::Deny,
    family: Family::Secrets,
    why: "Whoever means it to be read waives it, and says what it is.",
    kube_linter: &[],
};

fn check(cx: &mut Cx<'_>, object: Obj<'_>) {
    each(object, |literal| {
        if secrets::find_random(literal.key, literal.text).is_some() {
            let help = way_out(cx, &literal);
            let message =
                "a text that looks random, as keys and tokens do, is written out in a manifest";
            cx.invalid(literal.node, message).help(help);
        }
    });
}
