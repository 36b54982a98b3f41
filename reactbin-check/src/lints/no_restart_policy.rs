//! A pod that isn't said to be started again.

use super::pods::{self, End};
use super::{Family, Level, Lint, off};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "no_restart_policy",
        on: "",
        severity: Severity::Warning,
        waivable: true,
        what: "A pod doesn't say that its containers are restarted, always or when they fail.",
        source: "kube-linter: restart-policy; Kubernetes: Pod Lifecycle",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {restartPolicy: Always, containers: [{name: a, image: i}]}}",
        check: Some(check),
    },
    level: Level::Allow,
    family: Family::Reliability,
    why: "With `Never`, one crash ends it. Where nothing is said, it is `Always`, which not \
          everyone knows.",
    kube_linter: &[off("restart-policy")],
};

fn check(cx: &mut Cx<'_>, root: Obj<'_>) {
    match pods::find(cx, root, &["spec", "restartPolicy"]) {
        End::There(node) => {
            let Some(policy) = node.str().filter(|it| !matches!(*it, "Always" | "OnFailure"))
            else {
                return;
            };
            cx.invalid(node, format!("with `{policy}` the containers aren't restarted"))
                .help("use `OnFailure` or `Always`");
        }
        End::Missing(missing) => {
            let help = format!("add {}, the default", cx.set("restartPolicy", "Always"));
            missing.report(cx, "nothing says whether the containers are restarted").help(help);
        }
        End::Unknown => {}
    }
}
