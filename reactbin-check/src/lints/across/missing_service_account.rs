//! A pod that runs as a ServiceAccount that nothing declares.

use super::fact::Needs;
use super::query::Query;
use super::{Across, Ask, Asking};
use crate::finding::{Reason, Severity};
use crate::lints::{Family, Level, Lint, on};
use crate::rules::Rule;

pub(in crate::lints) static LINT: Lint = Lint {
    rule: Rule {
        id: "missing_service_account",
        on: "api.core.v1.PodSpec",
        severity: Severity::Warning,
        waivable: true,
        what: "The ServiceAccount of a pod is declared in its namespace.",
        source: "Kubernetes: Configure Service Accounts for Pods; kube-linter: non-existent-service-account",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {serviceAccountName: b, containers: [{name: a, image: i}]}}
---
{apiVersion: v1, kind: ServiceAccount, metadata: {name: a}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {serviceAccountName: a, containers: [{name: a, image: i}]}}
---
{apiVersion: v1, kind: ServiceAccount, metadata: {name: a}}",
        check: None,
    },
    level: Level::Warn,
    family: Family::References,
    why: "The API server refuses the pods of a workload whose ServiceAccount isn't there, so that it \
          never starts.",
    kube_linter: &[on("non-existent-service-account")],
};

pub(super) const ACROSS: Across = Across { lint: &LINT, needs: Needs::ACCOUNTS, ask };

fn ask(asking: &mut Asking<'_, '_>) {
    let subject = asking.subject;
    let Some(pod) = subject.workload().and_then(|_| subject.pod()) else { return };
    let Some(spec) = pod.spec.known() else { return };
    let (Some(name), Some(old)) =
        (pod.spec.text("serviceAccountName"), pod.spec.text("serviceAccount"))
    else {
        return;
    };
    let (field, name) = match name {
        "" => ("serviceAccount", old),
        name => ("serviceAccountName", name),
    };
    let Some(namespace) = subject.namespace.filter(|_| !matches!(name, "" | "default")) else {
        return;
    };
    asking.ask(Ask {
        place: spec.place(field),
        path: pod.path("spec.") + field,
        reason: Reason::NotFound,
        message: format!("there is no ServiceAccount `{name}`{}", subject.in_namespace()),
        help: format!("declare it, or remove {} to run as `default`", asking.f(field)),
        query: Query::there(&["ServiceAccount"], namespace, &[name]).not(),
    });
}
