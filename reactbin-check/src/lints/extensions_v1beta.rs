//! A version of the API that is no more.

use super::{Family, Level, Lint, on};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "extensions_v1beta",
        on: super::ANY_KIND,
        severity: Severity::Warning,
        waivable: true,
        what: "An object is of `extensions/v1beta1`.",
        source: "kube-linter: no-extensions-v1beta; Kubernetes: Deprecated API Migration Guide",
        bad: "{apiVersion: extensions/v1beta1, kind: Ingress, metadata: {name: a}}",
        good: "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a}, spec: {defaultBackend: {service: {name: a, port: {number: 80}}}}}",
        check: Some(check),
    },
    level: Level::Allow,
    family: Family::Style,
    why: "No server has had this group since Kubernetes 1.22. It is refused anyway: this says it \
          where objects aren't checked for that.",
    kube_linter: &[on("no-extensions-v1beta")],
};

fn check(cx: &mut Cx<'_>, root: Obj<'_>) {
    let Some(node) = root.get("apiVersion") else { return };
    let Some(version) = node.str().and_then(|text| text.strip_prefix("extensions/")) else {
        return;
    };
    if version.split_once("v1beta").is_some_and(|(_, number)| !number.is_empty()) {
        cx.invalid(node, format!("there is no `extensions/{version}` since Kubernetes 1.22"))
            .help("use `apps/v1`, `networking.k8s.io/v1` or `policy/v1`, by the object's kind");
    }
}
