//! A Job that nobody clears away, or two at once.

use super::pods::{self, End};
use super::{Family, Level, Lint, on};
use crate::cx::{Cx, Obj};
use crate::finding::{Reason, Severity};
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "job_cleanup",
        on: "",
        severity: Severity::Warning,
        waivable: true,
        what: "A Job has no time after which it is deleted, or one of a CronJob, which deletes its \
               Jobs itself, has one.",
        source: "kube-linter: job-ttl-seconds-after-finished; Kubernetes: Automatic Cleanup for \
                 Finished Jobs",
        bad: "{apiVersion: batch/v1, kind: Job, metadata: {name: a}, spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: i}]}}}}",
        good: "{apiVersion: batch/v1, kind: Job, metadata: {name: a}, spec: {ttlSecondsAfterFinished: 86400, template: {spec: {restartPolicy: Never, containers: [{name: a, image: i}]}}}}",
        check: Some(check),
    },
    level: Level::Allow,
    family: Family::Reliability,
    why: "Finished Jobs and their pods stay until somebody deletes them. Those of a CronJob go by \
          its history limits, of which the time would be a second.",
    kube_linter: &[on("job-ttl-seconds-after-finished")],
};

fn check(cx: &mut Cx<'_>, root: Obj<'_>) {
    const FIELD: &str = "ttlSecondsAfterFinished";
    let Some(kind) = cx.kind.filter(|kind| kind.group == "batch") else { return };
    match kind.kind {
        "Job" => {
            if let End::Missing(missing) = pods::follow(root, &["spec", FIELD]) {
                let help = format!("add {}", cx.set(FIELD, "86400"));
                missing.report(cx, "the Job stays after it has finished").help(help);
            }
        }
        "CronJob" => {
            let Some(spec) = root.at(&["spec", "jobTemplate", "spec"]) else { return };
            if spec.get(FIELD).is_some_and(|node| node.int().is_some()) {
                let message = "the CronJob deletes its Jobs by its history limits already";
                cx.report(Reason::Invalid, spec.key_place(FIELD), message).help("remove it");
            }
        }
        _ => {}
    }
}
