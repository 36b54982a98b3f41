//! The old name of the field for the service account.

use super::{Family, Level, Lint, on};
use crate::cx::{Cx, Obj};
use crate::finding::{Reason, Severity};
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "deprecated_service_account",
        on: "api.core.v1.PodSpec",
        severity: Severity::Warning,
        waivable: true,
        what: "A pod names its service account in `serviceAccount`, which is deprecated.",
        source: "kube-linter: deprecated-service-account-field; Kubernetes API: PodSpec",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {serviceAccount: shop, containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {serviceAccountName: shop, containers: [{name: a, image: i}]}}",
        check: Some(check),
    },
    level: Level::Warn,
    family: Family::Style,
    why: "`serviceAccountName` is the field that counts; where the two differ, the old one is \
          ignored.",
    kube_linter: &[on("deprecated-service-account-field")],
};

fn check(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let Some(old) = spec.str("serviceAccount").filter(|name| !name.is_empty()) else { return };
    let Some(new) = spec.str_or("serviceAccountName", "").filter(|new| *new != old) else { return };
    let (field, counts) = (cx.f("serviceAccount"), cx.f("serviceAccountName"));
    let (message, help) = match new {
        "" => (format!("{field} is deprecated"), format!("rename it to {counts}")),
        _ => (format!("{field} isn't looked at where there is {counts}"), "remove it".to_owned()),
    };
    cx.report(Reason::Invalid, spec.key_place("serviceAccount"), message).help(help);
}
