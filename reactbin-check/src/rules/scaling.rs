//! Rules of HorizontalPodAutoscaler and PodDisruptionBudget.

use super::Rule;
use crate::cx::{Cx, Obj, Place};
use crate::finding::{Reason, Severity};
use crate::tree::Value;

/// The rules of this file.
pub const RULES: &[Rule] = &[
    Rule {
        id: "budget_over_100_percent",
        on: "api.policy.v1.PodDisruptionBudgetSpec",
        severity: Severity::Error,
        waivable: false,
        what: "A disruption budget is at most 100% of the pods.",
        source: "policy: ValidatePodDisruptionBudgetSpec, IsNotMoreThan100Percent",
        bad: "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: a}, spec: {minAvailable: 120%, selector: {matchLabels: {app: a}}}}",
        good: "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: a}, spec: {minAvailable: 50%, selector: {matchLabels: {app: a}}}}",
        check: Some(check_budget),
    },
    Rule {
        id: "metric_source",
        on: "api.autoscaling.v2.MetricSpec",
        severity: Severity::Error,
        waivable: false,
        what: "A metric has the block of its type, and no other type's.",
        source: "autoscaling: validateMetricSpec",
        bad: "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: a}, spec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: d}, metrics: [{type: Pods, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}]}}",
        good: "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: a}, spec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: d}, metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}]}}",
        check: Some(check_metric),
    },
    Rule {
        id: "metric_target",
        on: "api.autoscaling.v2.MetricSpec",
        severity: Severity::Error,
        waivable: false,
        what: "A metric's target is one number, of a sort that its type knows.",
        source: "autoscaling: validateResourceSource, validatePodsSource, validateObjectSource, validateExternalSource",
        bad: "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: a}, spec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: d}, metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization}}}]}}",
        good: "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: a}, spec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: d}, metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}]}}",
        check: Some(check_target),
    },
    Rule {
        id: "replica_range",
        on: "api.autoscaling.v1.HorizontalPodAutoscalerSpec api.autoscaling.v2.HorizontalPodAutoscalerSpec",
        severity: Severity::Error,
        waivable: false,
        what: "An autoscaler's greatest number of replicas isn't below its least.",
        source: "autoscaling: validateHorizontalPodAutoscalerSpec",
        bad: "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: a}, spec: {minReplicas: 5, maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: d}}}",
        good: "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: a}, spec: {minReplicas: 2, maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: d}}}",
        check: Some(check_replicas),
    },
    Rule {
        id: "scale_target_group",
        on: "api.autoscaling.v1.HorizontalPodAutoscalerSpec api.autoscaling.v2.HorizontalPodAutoscalerSpec",
        severity: Severity::Error,
        waivable: false,
        what: "A scale target's apiVersion has a group: nothing in the core group but a \
               ReplicationController can be scaled.",
        source: "autoscaling: ValidateCrossVersionObjectReference",
        bad: "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: a}, spec: {maxReplicas: 3, scaleTargetRef: {kind: Deployment, name: d}}}",
        good: "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: a}, spec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: d}}}",
        check: Some(check_scale_target),
    },
];

/// Each type of metric and its block.
const SOURCES: &[(&str, &str)] = &[
    ("ContainerResource", "containerResource"),
    ("External", "external"),
    ("Object", "object"),
    ("Pods", "pods"),
    ("Resource", "resource"),
];

fn check_metric(cx: &mut Cx<'_>, metric: Obj<'_>) {
    let Some(kind) = metric.get("type") else { return };
    let Some(name) = kind.str() else { return };
    let Some((_, block)) = SOURCES.iter().find(|(other, _)| *other == name) else { return };
    if metric.is_absent(block) {
        let message = format!("a metric of the type `{name}` needs {}", cx.f(block));
        let help = format!("add {}, or change the type", cx.f(block));
        cx.required(metric, block, message).help(help).related(kind.id, "the type is here");
    }
    for (other, field) in SOURCES.iter().filter(|(other, _)| *other != name) {
        if !metric.is_absent(block) && metric.object(field).is_some() {
            let message = format!("a metric of the type `{name}` can't have {}", cx.f(field));
            let help = format!("remove it, or use the type `{other}`");
            cx.forbidden(metric, field, message).help(help);
        }
    }
}

fn check_target(cx: &mut Cx<'_>, metric: Obj<'_>) {
    let Some((name, block)) = SOURCES.iter().find(|(name, _)| metric.str("type") == Some(*name))
    else {
        return;
    };
    let Some(target) = metric.object(block).and_then(|source| source.object("target")) else {
        return;
    };
    let (fields, exclusive): (&[&'static str], bool) = match *name {
        "Resource" | "ContainerResource" => (&["averageUtilization", "averageValue"], true),
        "Pods" => (&["averageValue"], false),
        "External" => (&["value", "averageValue"], true),
        _ => (&["value", "averageValue"], false),
    };
    let mut given = fields.iter().filter(|field| !target.is_absent(field));
    match (given.next(), given.next()) {
        (None, _) => {
            let quoted: Vec<String> = fields.iter().map(|field| cx.f(field)).collect();
            let message = format!(
                "the target of a metric of the type `{name}` needs {}",
                quoted.join(" or ")
            );
            let missing = fields.last().copied().unwrap_or("averageValue");
            let missing = if fields[0] == "averageUtilization" { fields[0] } else { missing };
            cx.required(target, missing, message);
        }
        (Some(first), Some(second)) if exclusive => {
            // The server blames the one that isn't said per pod, or in percent.
            let wrong = if *name == "External" { first } else { second };
            let message = format!("{} and {} can't both be given", cx.f(first), cx.f(second));
            cx.forbidden(target, wrong, message);
        }
        _ => {}
    }
}

fn check_replicas(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let Some(most) = spec.get("maxReplicas") else { return };
    let (Some(max), Some(min)) = (most.int(), spec.int("minReplicas")) else { return };
    if max < min {
        let message = format!(
            "{} is {max}, below {}, which is {min}",
            cx.f("maxReplicas"),
            cx.f("minReplicas")
        );
        cx.invalid(most, message).help(format!("use at least {min}"));
    }
}

fn check_scale_target(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let Some(target) = spec.object("scaleTargetRef") else { return };
    let Some(kind) = target.str("kind").filter(|kind| !kind.is_empty()) else { return };
    let Some(version) = target.str_or("apiVersion", "") else { return };
    let place = target.place("apiVersion");
    let slashes = version.split('/').count() - 1;
    if slashes > 1 {
        cx.report(Reason::Invalid, place, format!("`{version}` isn't an API version"))
            .help("write `group/version`, such as `apps/v1`");
    } else if version.split_once('/').is_none_or(|(group, _)| group.is_empty()) {
        if kind == "ReplicationController" && matches!(version, "" | "v1") {
            return;
        }
        let message = format!("{} of a scale target must have a group", cx.f("apiVersion"));
        cx.report(Reason::Invalid, place, message).help("write `group/version`, such as `apps/v1`");
    }
}

fn check_budget(cx: &mut Cx<'_>, spec: Obj<'_>) {
    for node in ["minAvailable", "maxUnavailable"].into_iter().filter_map(|field| spec.get(field)) {
        let Value::Str(text) = node.value() else { continue };
        let percent = text.strip_suffix('%').and_then(|digits| digits.parse::<i64>().ok());
        if percent.is_some_and(|percent| percent > 100) {
            cx.report(
                Reason::Invalid,
                Place::Value(node.id),
                format!("`{text}` is more than all pods"),
            )
            .help("use at most `100%`");
        }
    }
}
