//! A pod that runs as a ServiceAccount that nothing declares.

use super::fact::Needs;
use super::key::Key;
use super::query::Search;
use super::subject::Sort;
use super::{Across, Asking, Spot, Text};
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

pub(super) const ACROSS: Across =
    Across { lint: &LINT, of: &[Sort::Workload], needs: Needs::ACCOUNTS, ask };

fn ask(asking: &mut Asking<'_, '_>) {
    let subject = asking.subject;
    let Some(pod) = subject.pod else { return };
    let Some(spec) = pod.spec.known() else { return };
    let (field, name) = match pod.spec.text("serviceAccountName") {
        Some("") => ("serviceAccount", pod.spec.text("serviceAccount")),
        name => ("serviceAccountName", name),
    };
    let name = name.filter(|name| !matches!(*name, "" | "default"));
    let (Some(name), Some(namespace)) = (name, subject.namespace) else { return };
    let account = Search::Named(Key::new(&["ServiceAccount"], namespace, name, None));
    let (name, within, spelt) = (name.to_owned(), subject.in_namespace(), asking.f(field));
    let place = pod.place();
    asking.ask(Spot::of(spec, field), Reason::NotFound, account.missing(), move || Text {
        path: place.path(&["spec", field]),
        message: format!("there is no ServiceAccount `{name}`{within}"),
        help: format!("declare it, or remove {spelt} to run as `default`"),
    });
}
