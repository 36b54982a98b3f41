//! A container that can write to its own image's files.

use super::pods::{self, End};
use super::{Family, Level, Lint, on};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "writable_root_file_system",
        on: "api.core.v1.Container api.core.v1.EphemeralContainer",
        severity: Severity::Warning,
        waivable: true,
        what: "A container may write to its root file system.",
        source: "kube-linter: no-read-only-root-fs; Kubernetes: Configure a Security Context for a \
                 Pod or Container",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, securityContext: {readOnlyRootFilesystem: true}}]}}",
        check: Some(check),
    },
    level: Level::Allow,
    family: Family::Security,
    why: "Whoever breaks into it can change its programs, or bring some of his own.",
    kube_linter: &[on("no-read-only-root-fs")],
};

fn check(cx: &mut Cx<'_>, container: Obj<'_>) {
    const FIELD: &str = "readOnlyRootFilesystem";
    let message = "the container may write to its root file system";
    match pods::follow(container, &["securityContext", FIELD]) {
        End::There(node) if node.bool() == Some(false) => {
            let help = format!("use `true`, with an {} for what it writes", cx.f("emptyDir"));
            cx.invalid(node, message).help(help);
        }
        End::Missing(missing) => {
            let (field, empty_dir) = (cx.set(FIELD, "true"), cx.f("emptyDir"));
            let help = format!("add {field}, and an {empty_dir} for what it writes");
            missing.report(cx, message).help(help);
        }
        _ => {}
    }
}
