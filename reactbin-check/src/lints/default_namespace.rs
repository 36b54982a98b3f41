//! What runs in the namespace that everyone gets who names none.

use super::pods::{self, End};
use super::{Family, Level, Lint, off};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "default_namespace",
        on: "",
        severity: Severity::Warning,
        waivable: true,
        what: "A workload or Service is in the namespace `default`, or in none that it names.",
        source: "kube-linter: use-namespace; CIS Kubernetes Benchmark: 5.7.1, 5.7.4",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: default}, spec: {containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: shop}, spec: {containers: [{name: a, image: i}]}}",
        check: Some(check),
    },
    level: Level::Allow,
    family: Family::Style,
    why: "Policies, quotas and permissions are given by namespace; in `default` everything shares \
          them.",
    kube_linter: &[off("use-namespace")],
};

fn check(cx: &mut Cx<'_>, root: Obj<'_>) {
    let is_service = cx.kind.is_some_and(|kind| kind.group.is_empty() && kind.kind == "Service");
    if !is_service && !pods::runs_pods(cx) {
        return;
    }
    match pods::follow(root, &["metadata", "namespace"]) {
        End::There(node) => {
            let is_default = |name: &str| name.is_empty() || name.eq_ignore_ascii_case("default");
            if node.str().is_some_and(is_default) {
                cx.invalid(node, "the object is in the namespace `default`")
                    .help("use a namespace of the application's own");
            }
        }
        // What a macro declares gets the namespace of its application later.
        End::Missing(missing) if cx.whole => {
            let help = format!("add `{}: …`", cx.naming.name("namespace"));
            missing.report(cx, "the object names no namespace").help(help);
        }
        End::Missing(_) | End::Unknown => {}
    }
}
