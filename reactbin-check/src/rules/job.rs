//! Rules of Job and CronJob.

use super::Rule;
use crate::cx::{Cx, Obj, Place};
use crate::finding::{Reason, Severity};
use crate::formats::Format;
use crate::suggest::suggest;
use crate::tree::Value;

/// The rules of this file.
pub const RULES: &[Rule] = &[
    Rule {
        id: "exit_code_container",
        on: "api.batch.v1.JobSpec",
        severity: Severity::Error,
        waivable: false,
        what: "A rule of a pod failure policy speaks of a container that the pod has.",
        source: "batch: validatePodFailurePolicyRuleOnExitCodes",
        bad: "{apiVersion: batch/v1, kind: Job, metadata: {name: a}, spec: {podFailurePolicy: {rules: [{action: Ignore, onExitCodes: {containerName: b, operator: In, values: [1]}}]}, template: {spec: {restartPolicy: Never, containers: [{name: a, image: i}]}}}}",
        good: "{apiVersion: batch/v1, kind: Job, metadata: {name: a}, spec: {podFailurePolicy: {rules: [{action: Ignore, onExitCodes: {containerName: a, operator: In, values: [1]}}]}, template: {spec: {restartPolicy: Never, containers: [{name: a, image: i}]}}}}",
        check: Some(check_exit_code_container),
    },
    Rule {
        id: "exit_code_values",
        on: "api.batch.v1.PodFailurePolicyOnExitCodesRequirement",
        severity: Severity::Error,
        waivable: false,
        what: "Exit codes stand in order and once each, and `In` has no 0, which is no failure.",
        source: "batch: validatePodFailurePolicyRuleOnExitCodes",
        bad: "{apiVersion: batch/v1, kind: Job, metadata: {name: a}, spec: {podFailurePolicy: {rules: [{action: Ignore, onExitCodes: {operator: In, values: [2, 1]}}]}, template: {spec: {restartPolicy: Never, containers: [{name: a, image: i}]}}}}",
        good: "{apiVersion: batch/v1, kind: Job, metadata: {name: a}, spec: {podFailurePolicy: {rules: [{action: Ignore, onExitCodes: {operator: In, values: [1, 2]}}]}, template: {spec: {restartPolicy: Never, containers: [{name: a, image: i}]}}}}",
        check: Some(check_exit_codes),
    },
    Rule {
        id: "fail_index_action",
        on: "api.batch.v1.JobSpec",
        severity: Severity::Error,
        waivable: false,
        what: "The action `FailIndex` needs a backoff limit per index.",
        source: "batch: validatePodFailurePolicyRule",
        bad: "{apiVersion: batch/v1, kind: Job, metadata: {name: a}, spec: {podFailurePolicy: {rules: [{action: FailIndex, onExitCodes: {operator: In, values: [1]}}]}, template: {spec: {restartPolicy: Never, containers: [{name: a, image: i}]}}}}",
        good: "{apiVersion: batch/v1, kind: Job, metadata: {name: a}, spec: {podFailurePolicy: {rules: [{action: FailJob, onExitCodes: {operator: In, values: [1]}}]}, template: {spec: {restartPolicy: Never, containers: [{name: a, image: i}]}}}}",
        check: Some(check_fail_index),
    },
    Rule {
        id: "indexed_job_hostname",
        on: "",
        severity: Severity::Error,
        waivable: false,
        what: "An Indexed Job's name with its last index behind it is a DNS label: it is a pod's hostname.",
        source: "batch: ValidateJob",
        bad: "{apiVersion: batch/v1, kind: Job, metadata: {name: a.b}, spec: {completionMode: Indexed, completions: 2, template: {spec: {restartPolicy: Never, containers: [{name: a, image: i}]}}}}",
        good: "{apiVersion: batch/v1, kind: Job, metadata: {name: a-b}, spec: {completionMode: Indexed, completions: 2, template: {spec: {restartPolicy: Never, containers: [{name: a, image: i}]}}}}",
        check: Some(check_indexed_name),
    },
    Rule {
        id: "indexed_job_limits",
        on: "api.batch.v1.JobSpec",
        severity: Severity::Error,
        waivable: false,
        what: "An Indexed Job says how many completions it needs and keeps to the limits of parallelism \
               and failed indexes; settings per index are an Indexed Job's.",
        source: "batch: validateJobSpec",
        bad: "{apiVersion: batch/v1, kind: Job, metadata: {name: a}, spec: {completionMode: Indexed, parallelism: 2, template: {spec: {restartPolicy: Never, containers: [{name: a, image: i}]}}}}",
        good: "{apiVersion: batch/v1, kind: Job, metadata: {name: a}, spec: {completionMode: Indexed, parallelism: 2, completions: 3, template: {spec: {restartPolicy: Never, containers: [{name: a, image: i}]}}}}",
        check: Some(check_indexed),
    },
    Rule {
        id: "job_restart_policy",
        on: "api.batch.v1.JobSpec",
        severity: Severity::Error,
        waivable: false,
        what: "A Job's pods end, so their restart policy is `OnFailure` or `Never`, and has to be given; \
               with a pod failure policy it is `Never`.",
        source: "batch: validateJobSpec",
        bad: "{apiVersion: batch/v1, kind: Job, metadata: {name: a}, spec: {template: {spec: {containers: [{name: a, image: i}]}}}}",
        good: "{apiVersion: batch/v1, kind: Job, metadata: {name: a}, spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: i}]}}}}",
        check: Some(check_restart_policy),
    },
    Rule {
        id: "generated_job_label",
        on: "",
        severity: Severity::Error,
        waivable: false,
        what: "The server gives a Job's pods the labels that its selector chooses them by, unless the \
               selector is the author's own.",
        source: "batch: ValidateGeneratedSelector",
        bad: "{apiVersion: batch/v1, kind: Job, metadata: {name: a}, spec: {template: {metadata: {labels: {controller-uid: u}}, spec: {restartPolicy: Never, containers: [{name: a, image: i}]}}}}",
        good: "{apiVersion: batch/v1, kind: Job, metadata: {name: a}, spec: {template: {metadata: {labels: {app: a}}, spec: {restartPolicy: Never, containers: [{name: a, image: i}]}}}}",
        check: Some(check_generated_labels),
    },
    Rule {
        id: "job_selector",
        on: "",
        severity: Severity::Error,
        waivable: false,
        what: "The server makes a Job's selector; only `manualSelector` lets an author write one, and then \
               it must be there. A CronJob's Jobs have neither.",
        source: "batch: ValidateJob, ValidateGeneratedSelector, ValidateJobTemplateSpec",
        bad: "{apiVersion: batch/v1, kind: Job, metadata: {name: a}, spec: {selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {restartPolicy: Never, containers: [{name: a, image: i}]}}}}",
        good: "{apiVersion: batch/v1, kind: Job, metadata: {name: a}, spec: {template: {metadata: {labels: {app: a}}, spec: {restartPolicy: Never, containers: [{name: a, image: i}]}}}}",
        check: Some(check_selector),
    },
    Rule {
        id: "pod_replacement_policy",
        on: "api.batch.v1.JobSpec",
        severity: Severity::Error,
        waivable: false,
        what: "With a pod failure policy, pods are only replaced once they have failed.",
        source: "batch: validateJobSpec",
        bad: "{apiVersion: batch/v1, kind: Job, metadata: {name: a}, spec: {podReplacementPolicy: TerminatingOrFailed, podFailurePolicy: {rules: []}, template: {spec: {restartPolicy: Never, containers: [{name: a, image: i}]}}}}",
        good: "{apiVersion: batch/v1, kind: Job, metadata: {name: a}, spec: {podReplacementPolicy: Failed, podFailurePolicy: {rules: []}, template: {spec: {restartPolicy: Never, containers: [{name: a, image: i}]}}}}",
        check: Some(check_replacement_policy),
    },
    Rule {
        id: "success_policy",
        on: "api.batch.v1.JobSpec",
        severity: Severity::Error,
        waivable: false,
        what: "A success policy belongs to an Indexed Job; each of its rules gives a number of indexes \
               that the Job has, or a list of them, or both.",
        source: "batch: validateSuccessPolicy",
        bad: "{apiVersion: batch/v1, kind: Job, metadata: {name: a}, spec: {completionMode: Indexed, completions: 3, successPolicy: {rules: [{succeededCount: 4}]}, template: {spec: {restartPolicy: Never, containers: [{name: a, image: i}]}}}}",
        good: "{apiVersion: batch/v1, kind: Job, metadata: {name: a}, spec: {completionMode: Indexed, completions: 3, successPolicy: {rules: [{succeededCount: 2}]}, template: {spec: {restartPolicy: Never, containers: [{name: a, image: i}]}}}}",
        check: Some(check_success_policy),
    },
];

/// More completions than these need tighter limits.
const MANY: i64 = 100_000;
/// The limit of parallelism and failed indexes beyond [`MANY`] completions.
const LIMIT_OF_MANY: i64 = 10_000;

fn is_indexed(spec: Obj<'_>) -> Option<bool> {
    spec.str_or("completionMode", "NonIndexed").map(|mode| mode == "Indexed")
}

fn check_restart_policy(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let Some(pod) = spec.at(&["template", "spec"]) else { return };
    let field = cx.f("restartPolicy");
    match pod.str_or("restartPolicy", "Always") {
        Some("Always") if pod.is_unset("restartPolicy") => {
            let message = format!(
                "the pods of a Job need {field}: it is `Always` by default, and they have to end"
            );
            cx.required(pod, "restartPolicy", message).help("write `OnFailure` or `Never`");
        }
        Some("Always") => {
            let message =
                format!("the pods of a Job can't have {field} `Always`: they have to end");
            cx.report(Reason::Required, pod.place("restartPolicy"), message)
                .help("use `OnFailure` or `Never`");
        }
        Some("OnFailure") if spec.object("podFailurePolicy").is_some() => {
            let message = format!("{field} must be `Never` with {}", cx.f("podFailurePolicy"));
            cx.report(Reason::Invalid, pod.place("restartPolicy"), message).help("use `Never`");
        }
        _ => {}
    }
}

fn check_generated_labels(cx: &mut Cx<'_>, root: Obj<'_>) {
    let Some(spec) = root.object("spec").filter(|_| cx.is_kind(&["Job"])) else { return };
    // A selector of the author's without `manualSelector` is reported as such.
    if spec.bool_or("manualSelector", false) != Some(false) || !spec.is_absent("selector") {
        return;
    }
    let Some(labels) = spec.at(&["template", "metadata", "labels"]) else { return };
    for key in ["batch.kubernetes.io/controller-uid", "controller-uid"] {
        if labels.get(key).is_some() {
            cx.report(
                Reason::Invalid,
                labels.key_place(key),
                format!("the server itself sets the label `{key}`"),
            )
            .help("remove it")
            .path_of(Place::Value(labels.id));
        }
    }
}

fn check_selector(cx: &mut Cx<'_>, root: Obj<'_>) {
    if cx.is_kind(&["CronJob"]) {
        let Some(spec) = root.at(&["spec", "jobTemplate", "spec"]) else { return };
        if spec.object("selector").is_some() {
            let message = "the selector of a CronJob's Jobs is made by the server";
            cx.report(Reason::Invalid, spec.place("selector"), message).help("remove it");
        }
        if spec.bool("manualSelector") == Some(true) {
            let message = format!("{} can't be `true` in a CronJob", cx.f("manualSelector"));
            cx.report(Reason::NotSupported, spec.place("manualSelector"), message)
                .help("remove it");
        }
        return;
    }
    if !cx.is_kind(&["Job"]) {
        return;
    }
    let Some(spec) = root.object("spec") else { return };
    match spec.bool_or("manualSelector", false) {
        Some(false) if spec.object("selector").is_some() => {
            let message = format!(
                "the selector of a Job is made by the server unless {} is `true`",
                cx.f("manualSelector")
            );
            cx.report(Reason::Invalid, spec.place("selector"), message).help("remove it");
        }
        Some(true) if spec.is_absent("selector") => {
            let message = format!("{} needs {}", cx.f("manualSelector"), cx.f("selector"));
            cx.required(spec, "selector", message);
        }
        _ => {}
    }
}

fn check_indexed_name(cx: &mut Cx<'_>, root: Obj<'_>) {
    if !cx.is_kind(&["Job"]) {
        return;
    }
    let Some(spec) = root.object("spec").filter(|spec| is_indexed(*spec) == Some(true)) else {
        return;
    };
    let Some(node) = root.object("metadata").and_then(|metadata| metadata.get("name")) else {
        return;
    };
    let (Some(name), Some(completions)) = (node.str(), spec.int("completions")) else { return };
    // A name that isn't one at all, or too long for any Job, is another rule's finding.
    if completions < 1 || name.len() > 63 || Format::DnsSubdomain.check(name).is_err() {
        return;
    }
    let hostname = format!("{name}-{}", completions - 1);
    if Format::DnsLabel.check(&hostname).is_err() {
        let message =
            format!("the last pod's hostname would be `{hostname}`, which isn't a DNS label");
        cx.invalid(node, message).help(format!("write {}", Format::DnsLabel.describe()));
    }
}

fn check_indexed(cx: &mut Cx<'_>, spec: Obj<'_>) {
    match is_indexed(spec) {
        // Without either of them the server makes both of them 1.
        Some(true) if spec.is_absent("completions") && spec.int("parallelism").is_some() => {
            let message = format!("an Indexed Job needs {}", cx.f("completions"));
            cx.required(spec, "completions", message);
        }
        Some(true) => {
            check_at_most(cx, spec, "parallelism", MANY, "for an Indexed Job");
            check_failed_indexes(cx, spec);
        }
        Some(false) => {
            for field in ["backoffLimitPerIndex", "maxFailedIndexes"] {
                if spec.int(field).is_some() {
                    let message = format!("{} is only for an Indexed Job", cx.f(field));
                    let help = format!("set {} to `Indexed`", cx.f("completionMode"));
                    cx.report(Reason::Invalid, spec.key_place(field), message).help(help);
                }
            }
        }
        None => {}
    }
    if spec.int("maxFailedIndexes").is_some() && spec.is_absent("backoffLimitPerIndex") {
        let message =
            format!("{} needs {}", cx.f("maxFailedIndexes"), cx.f("backoffLimitPerIndex"));
        cx.required(spec, "backoffLimitPerIndex", message);
    }
}

fn check_failed_indexes(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let Some(completions) = spec.int("completions") else { return };
    if spec.int("backoffLimitPerIndex").is_some() && completions > MANY {
        if spec.is_absent("maxFailedIndexes") {
            let message = format!("{completions} completions need {}", cx.f("maxFailedIndexes"));
            cx.required(spec, "maxFailedIndexes", message);
        }
        let why = "with more than 100000 completions and a backoff limit per index";
        check_at_most(cx, spec, "maxFailedIndexes", LIMIT_OF_MANY, why);
        check_at_most(cx, spec, "parallelism", LIMIT_OF_MANY, why);
        return;
    }
    check_at_most(
        cx,
        spec,
        "maxFailedIndexes",
        completions.min(MANY),
        "and no more than the completions",
    );
}

fn check_at_most(cx: &mut Cx<'_>, spec: Obj<'_>, field: &'static str, most: i64, why: &str) {
    if let Some(number) = spec.int(field).filter(|number| *number > most) {
        let message = format!("`{number}` is too many: at most {most} {why}");
        cx.report(Reason::Invalid, spec.place(field), message);
    }
}

fn check_replacement_policy(cx: &mut Cx<'_>, spec: Obj<'_>) {
    if spec.object("podFailurePolicy").is_some()
        && spec.str("podReplacementPolicy") == Some("TerminatingOrFailed")
    {
        let message = format!(
            "{} must be `Failed` with {}",
            cx.f("podReplacementPolicy"),
            cx.f("podFailurePolicy")
        );
        cx.report(Reason::NotSupported, spec.place("podReplacementPolicy"), message)
            .help("use `Failed`");
    }
}

fn policy_rules<'t>(spec: Obj<'t>) -> impl Iterator<Item = Obj<'t>> {
    spec.object("podFailurePolicy").into_iter().flat_map(|policy| policy.objects("rules"))
}

fn check_exit_code_container(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let Some(pod) = spec.at(&["template", "spec"]) else { return };
    if pod.has_unknown("containers") || pod.has_unknown("initContainers") {
        return;
    }
    for rule in policy_rules(spec) {
        let Some(node) = rule.object("onExitCodes").and_then(|codes| codes.get("containerName"))
        else {
            continue;
        };
        let Some(name) = node.str() else { continue };
        let containers = pod.objects("containers").chain(pod.objects("initContainers"));
        let names: Vec<&str> = containers.filter_map(|container| container.str("name")).collect();
        if !names.contains(&name) {
            let help = match suggest(name, names.iter().copied()) {
                Some(meant) => format!("use `{meant}`"),
                None => "use the name of one of its containers".to_owned(),
            };
            cx.invalid(node, format!("the pod has no container `{name}`")).help(help);
        }
    }
}

fn check_exit_codes(cx: &mut Cx<'_>, codes: Obj<'_>) {
    let mut last: Option<i64> = None;
    for node in codes.items("values") {
        let code = match node.value() {
            Value::Int(code) => code,
            // The server reads it as 0.
            Value::Null => 0,
            _ => return,
        };
        if code == 0 && codes.str("operator") == Some("In") {
            cx.invalid(node, "exit code 0 is no failure").help("remove it");
        }
        match last {
            Some(before) if before == code => {
                cx.report(
                    Reason::Duplicate,
                    Place::Value(node.id),
                    format!("exit code {code} stands twice"),
                );
            }
            Some(before) if before > code => {
                cx.invalid(
                    node,
                    format!("exit code {code} comes after {before}: the codes must be in order"),
                )
                .help("sort them");
                return;
            }
            _ => {}
        }
        last = Some(code);
    }
}

fn check_fail_index(cx: &mut Cx<'_>, spec: Obj<'_>) {
    if !spec.is_absent("backoffLimitPerIndex") {
        return;
    }
    for rule in policy_rules(spec) {
        if rule.str("action") == Some("FailIndex") {
            let message =
                format!("action `FailIndex` needs {} of the Job", cx.f("backoffLimitPerIndex"));
            let help = format!("use `FailJob`, or add {}", cx.f("backoffLimitPerIndex"));
            cx.report(Reason::Invalid, rule.place("action"), message).help(help);
        }
    }
}

fn check_success_policy(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let Some(policy) = spec.object("successPolicy") else { return };
    if is_indexed(spec) == Some(false) {
        let message = format!("{} is only for an Indexed Job", cx.f("successPolicy"));
        let help = format!("set {} to `Indexed`", cx.f("completionMode"));
        cx.report(Reason::Invalid, spec.key_place("successPolicy"), message).help(help);
        return;
    }
    let completions = spec.int("completions");
    for rule in policy.objects("rules") {
        let indexes = rule.get("succeededIndexes");
        if rule.is_absent("succeededCount") && rule.is_absent("succeededIndexes") {
            let message =
                format!("a rule needs {} or {}", cx.f("succeededCount"), cx.f("succeededIndexes"));
            cx.report(Reason::Required, Place::Value(rule.id), message);
            continue;
        }
        let listed = match (indexes.and_then(|node| node.str()), completions) {
            (Some(text), Some(completions)) => match count_indexes(text, completions) {
                Ok(count) => Some(count),
                Err(message) => {
                    cx.report(Reason::Invalid, rule.place("succeededIndexes"), message)
                        .help("write indexes and ranges in order, such as `0-2,5`");
                    continue;
                }
            },
            _ => None,
        };
        let Some(count) = rule.int("succeededCount") else { continue };
        let most = match (listed, indexes, completions) {
            (Some(listed), ..) => listed,
            (None, None, Some(completions)) => completions,
            _ => continue,
        };
        if count > most {
            let message = format!("`{count}` is more than the {most} indexes that there are");
            cx.report(Reason::Invalid, rule.place("succeededCount"), message);
        }
    }
}

/// How many indexes a text such as `0-2,5` lists, of a Job with so many completions.
fn count_indexes(text: &str, completions: i64) -> Result<i64, String> {
    let index = |text: &str| {
        text.parse::<i64>()
            .ok()
            .filter(|_| text.bytes().all(|b| b.is_ascii_digit()))
            .ok_or_else(|| "an index isn't a number".to_owned())
    };
    let (mut count, mut last) = (0, -1);
    if text.is_empty() {
        return Ok(0);
    }
    for part in text.split(',') {
        let (first, end) = match part.split_once('-') {
            Some((first, end)) => (index(first)?, index(end)?),
            None => (index(part)?, index(part)?),
        };
        if part.contains('-') && first >= end {
            return Err(format!("the range {first}-{end} isn't in order"));
        }
        if first <= last {
            return Err(format!("index {first} comes after {last}: the indexes must be in order"));
        }
        if end >= completions {
            return Err(format!("the Job has no index {end}: its last is {}", completions - 1));
        }
        count += end - first + 1;
        last = end;
    }
    Ok(count)
}
