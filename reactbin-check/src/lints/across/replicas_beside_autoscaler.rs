//! A workload that says how many pods it has and is scaled by an autoscaler.

use super::claims::scale_of;
use super::fact::Needs;
use super::query::Search;
use super::subject::Sort;
use super::{Across, Asking, Text};
use crate::finding::{Reason, Severity};
use crate::lints::{Family, Level, Lint};
use crate::rules::Rule;

pub(in crate::lints) static LINT: Lint = Lint {
    rule: Rule {
        id: "replicas_beside_autoscaler",
        on: "api.apps.v1.DeploymentSpec api.apps.v1.StatefulSetSpec",
        severity: Severity::Warning,
        waivable: true,
        what: "A workload that an autoscaler scales leaves `replicas` out.",
        source: "Kubernetes: Horizontal Pod Autoscaling, Migrating Deployments and StatefulSets to horizontal autoscaling",
        bad: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {replicas: 2, selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}}}
---
{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: a}, spec: {minReplicas: 1, maxReplicas: 9, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}}}",
        good: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}}}
---
{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: a}, spec: {minReplicas: 1, maxReplicas: 9, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}}}",
        check: None,
    },
    level: Level::Warn,
    family: Family::RunTime,
    why: "Whenever the manifest is applied, the number of pods is set back to what it says.",
    kube_linter: &[],
};

pub(super) const ACROSS: Across =
    Across { lint: &LINT, of: &[Sort::Workload], needs: Needs::AUTOSCALERS, ask };

fn ask(asking: &mut Asking<'_, '_>) {
    let subject = asking.subject;
    let Some(_) = subject.workload.and_then(|workload| workload.replicas) else { return };
    let replicas = subject.spec.known().and_then(|spec| spec.get("replicas"));
    let Some(_) = replicas.filter(|replicas| !replicas.is_unknown()) else { return };
    let (Some(namespace), Some(name)) = (subject.namespace, subject.name) else { return };
    let (spot, field) = (subject.spot("replicas"), asking.f("replicas"));
    let scaled = Search::Claim(scale_of(subject.group, subject.kind, namespace, name));
    asking.ask(spot, Reason::Forbidden, scaled.found(), move || Text {
        path: "spec.replicas".to_owned(),
        message: format!("an autoscaler sets {field} as well"),
        help: "leave it out, and let the autoscaler say the least number".to_owned(),
    });
}
