//! A schedule whose day never comes.

use super::{Family, Level, Lint};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::formats::never_comes;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "impossible_date",
        on: "api.batch.v1.CronJobSpec",
        severity: Severity::Warning,
        waivable: true,
        what: "A schedule is for a day that none of its months has.",
        source: "Kubernetes: CronJob, schedule syntax",
        bad: "{apiVersion: batch/v1, kind: CronJob, metadata: {name: a}, spec: {schedule: \"0 4 31 2 *\", jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: i}]}}}}}}",
        good: "{apiVersion: batch/v1, kind: CronJob, metadata: {name: a}, spec: {schedule: \"0 4 28 2 *\", jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: i}]}}}}}}",
        check: Some(check),
    },
    level: Level::Warn,
    family: Family::RunTime,
    why: "The server takes it, and no job is ever started.",
    kube_linter: &[],
};

fn check(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let Some(node) = spec.get("schedule") else { return };
    let Some(schedule) = node.str().filter(|schedule| never_comes(schedule)) else { return };
    cx.invalid(node, format!("`{schedule}` is a day that none of its months has"))
        .help("use a day of the month up to 28, or other months");
}
