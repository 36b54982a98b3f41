//! Rules of Deployment, ReplicaSet, DaemonSet, StatefulSet and ReplicationController.
//!
//! Their selectors are in [`super::selector`], their pods' specs in the files of PodSpec.

use super::Rule;
use crate::cx::{Cx, Node, Obj, Place};
use crate::finding::{Reason, Severity};
use crate::formats::Format;
use crate::tree::Value;

/// The rules of this file.
pub const RULES: &[Rule] = &[
    Rule {
        id: "claim_template_name",
        on: "api.apps.v1.StatefulSetSpec",
        severity: Severity::Error,
        waivable: false,
        what: "A claim template has a name that is a DNS label: it becomes the name of a volume.",
        source: "apps: ValidateStatefulSetSpec; core: ValidateVolumes",
        bad: "{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: a}, spec: {selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}, volumeClaimTemplates: [{metadata: {name: my_data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]}}",
        good: "{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: a}, spec: {selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}, volumeClaimTemplates: [{metadata: {name: my-data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]}}",
        check: Some(check_claim_names),
    },
    Rule {
        id: "idle_rolling_update",
        on: "",
        severity: Severity::Error,
        waivable: false,
        what: "A strategy without rolling updates has no settings for them.",
        source: "apps: ValidateDeploymentStrategy, ValidateStatefulSetSpec",
        bad: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {strategy: {type: Recreate, rollingUpdate: {maxSurge: 1}}, selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}}}",
        good: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1}}, selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}}}",
        check: Some(check_strategy),
    },
    Rule {
        id: "more_than_all_pods",
        on: "",
        severity: Severity::Error,
        waivable: false,
        what: "At most 100% of the pods can be unavailable, or on a DaemonSet's nodes be doubled.",
        source: "apps: IsNotMoreThan100Percent",
        bad: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {strategy: {rollingUpdate: {maxUnavailable: 150%}}, selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}}}",
        good: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {strategy: {rollingUpdate: {maxUnavailable: 50%}}, selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}}}",
        check: Some(check_percentages),
    },
    Rule {
        id: "short_progress_deadline",
        on: "api.apps.v1.DeploymentSpec",
        severity: Severity::Error,
        waivable: false,
        what: "A Deployment's progress deadline is longer than the time that a new pod must be ready, or \
               every rollout would fail.",
        source: "apps: ValidateDeploymentSpec",
        bad: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {minReadySeconds: 700, selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}}}",
        good: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {minReadySeconds: 700, progressDeadlineSeconds: 900, selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}}}",
        check: Some(check_progress_deadline),
    },
    Rule {
        id: "stuck_rollout",
        on: "",
        severity: Severity::Error,
        waivable: false,
        what: "A rolling update may have a pod too few or a pod too many, or it could never begin; a \
               DaemonSet's has only one of the two.",
        source: "apps: ValidateRollingUpdateDeployment, ValidateRollingUpdateDaemonSet",
        bad: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {strategy: {rollingUpdate: {maxUnavailable: 0, maxSurge: 0}}, selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}}}",
        good: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {strategy: {rollingUpdate: {maxUnavailable: 0, maxSurge: 1}}, selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}}}",
        check: Some(check_rollout),
    },
    Rule {
        id: "template_deadline",
        on: "",
        severity: Severity::Error,
        waivable: false,
        what: "A pod that is to run for ever has no deadline.",
        source: "apps: ValidatePodTemplateSpecForReplicaSet and its likes",
        bad: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {activeDeadlineSeconds: 60, containers: [{name: a, image: i}]}}}}",
        good: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}}}",
        check: Some(check_template_deadline),
    },
    Rule {
        id: "template_restart_policy",
        on: "",
        severity: Severity::Error,
        waivable: false,
        what: "A pod that is to run for ever has the restart policy `Always`.",
        source: "apps: ValidatePodTemplateSpecForReplicaSet and its likes",
        bad: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {restartPolicy: Never, containers: [{name: a, image: i}]}}}}",
        good: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {restartPolicy: Always, containers: [{name: a, image: i}]}}}}",
        check: Some(check_restart_policy),
    },
];

/// The kinds whose pods run for ever.
const SERVING: &[&str] =
    &["Deployment", "ReplicaSet", "DaemonSet", "StatefulSet", "ReplicationController"];

fn serving_pod<'t>(cx: &Cx<'_>, root: Obj<'t>) -> Option<Obj<'t>> {
    if cx.is_kind(SERVING) { root.at(&["spec", "template", "spec"]) } else { None }
}

fn check_restart_policy(cx: &mut Cx<'_>, root: Obj<'_>) {
    let Some(node) = serving_pod(cx, root).and_then(|pod| pod.get("restartPolicy")) else { return };
    if let Some(policy) = node.str().filter(|policy| !matches!(*policy, "" | "Always")) {
        let kind = cx.kind_name.unwrap_or("workload");
        let message =
            format!("the pods of a {kind} can't have {} `{policy}`", cx.f("restartPolicy"));
        cx.not_supported(node, message)
            .help("use `Always`, which is the default; a pod that is to end belongs in a Job");
    }
}

fn check_template_deadline(cx: &mut Cx<'_>, root: Obj<'_>) {
    let Some(pod) = serving_pod(cx, root) else { return };
    if pod.get("activeDeadlineSeconds").is_some_and(|node| node.int().is_some()) {
        let kind = cx.kind_name.unwrap_or("workload");
        let message = format!("the pods of a {kind} can't have {}", cx.f("activeDeadlineSeconds"));
        cx.forbidden(pod, "activeDeadlineSeconds", message)
            .help("remove it; a pod that is to end belongs in a Job");
    }
}

/// The block that says how pods are replaced, of the kinds that have one.
fn strategy_of<'t>(cx: &Cx<'_>, root: Obj<'t>) -> Option<Obj<'t>> {
    let field = match cx.kind_name? {
        "Deployment" => "strategy",
        "DaemonSet" | "StatefulSet" => "updateStrategy",
        _ => return None,
    };
    root.object("spec")?.object(field)
}

fn check_strategy(cx: &mut Cx<'_>, root: Obj<'_>) {
    let Some(strategy) = strategy_of(cx, root) else { return };
    let idle = match strategy.str("type") {
        Some("Recreate") => "Recreate",
        Some("OnDelete") if cx.is_kind(&["StatefulSet"]) => "OnDelete",
        _ => return,
    };
    if strategy.object("rollingUpdate").is_some() {
        let message =
            format!("{} can't be given when the strategy is `{idle}`", cx.f("rollingUpdate"));
        let help = format!("remove {}, or use `RollingUpdate`", cx.f("rollingUpdate"));
        cx.forbidden(strategy, "rollingUpdate", message).help(help);
    }
}

/// A number of pods or the number before the `%`.
fn amount(node: Node<'_>) -> Option<i64> {
    match node.value() {
        Value::Int(number) => Some(number),
        Value::Str(text) => text.strip_suffix('%').and_then(|digits| digits.parse().ok()),
        _ => None,
    }
}

/// The field's amount, or its default where it is absent.
fn amount_or(object: Option<Obj<'_>>, field: &str, default: i64) -> Option<i64> {
    match object {
        None => Some(default),
        Some(object) => match object.get(field) {
            Some(node) => amount(node),
            None => object.is_absent(field).then_some(default),
        },
    }
}

fn check_percentages(cx: &mut Cx<'_>, root: Obj<'_>) {
    let fields: &[&str] = match cx.kind_name {
        Some("Deployment") => &["maxUnavailable"],
        Some("DaemonSet") => &["maxSurge", "maxUnavailable"],
        _ => return,
    };
    let Some(rolling) = strategy_of(cx, root).and_then(|s| s.object("rollingUpdate")) else {
        return;
    };
    for node in fields.iter().filter_map(|field| rolling.get(field)) {
        if node.str().is_some() && amount(node).is_some_and(|percent| percent > 100) {
            let text = node.str().unwrap_or_default();
            cx.invalid(node, format!("`{text}` is more than all pods")).help("use at most `100%`");
        }
    }
}

fn check_rollout(cx: &mut Cx<'_>, root: Obj<'_>) {
    let Some(strategy) = strategy_of(cx, root) else { return };
    let Some(rolling) = strategy.object("rollingUpdate") else { return };
    if strategy.str_or("type", "RollingUpdate") != Some("RollingUpdate") {
        return;
    }
    let daemon = cx.is_kind(&["DaemonSet"]);
    if !daemon && !cx.is_kind(&["Deployment"]) {
        return;
    }
    let (unavailable, surge) = if daemon { (1, 0) } else { (25, 25) };
    let unavailable = amount_or(Some(rolling), "maxUnavailable", unavailable);
    let surge = amount_or(Some(rolling), "maxSurge", surge);
    match (unavailable, surge) {
        (Some(0), Some(0)) => {
            let message = format!(
                "{} and {} are both 0: no update could begin",
                cx.f("maxUnavailable"),
                cx.f("maxSurge")
            );
            cx.report(Reason::Invalid, rolling.place("maxUnavailable"), message)
                .help("let one of them be 1");
        }
        (Some(unavailable), Some(surge)) if daemon && unavailable != 0 && surge != 0 => {
            let absent = if rolling.is_absent("maxUnavailable") { " (1 by default)" } else { "" };
            let message = format!(
                "{} can't be given unless {} is 0{absent}",
                cx.f("maxSurge"),
                cx.f("maxUnavailable")
            );
            let help = format!("set {} to 0", cx.f("maxUnavailable"));
            cx.report(Reason::Invalid, rolling.place("maxSurge"), message).help(help);
        }
        _ => {}
    }
}

fn check_progress_deadline(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let (Some(seconds), Some(deadline)) =
        (spec.int_or("minReadySeconds", 0), spec.int_or("progressDeadlineSeconds", 600))
    else {
        return;
    };
    if deadline > seconds {
        return;
    }
    let absent = if spec.is_absent("progressDeadlineSeconds") { " (the default)" } else { "" };
    let message = format!(
        "{} is {deadline}{absent}: it must be more than {}, which is {seconds}",
        cx.f("progressDeadlineSeconds"),
        cx.f("minReadySeconds"),
    );
    let help = format!("set {} to more than {seconds}", cx.f("progressDeadlineSeconds"));
    let shown = format!("{} is here", cx.f("minReadySeconds"));
    let draft =
        cx.report(Reason::Invalid, spec.place("progressDeadlineSeconds"), message).help(help);
    if let Some(ready) = spec.get("minReadySeconds") {
        draft.related(ready.id, shown);
    }
}

fn check_claim_names(cx: &mut Cx<'_>, spec: Obj<'_>) {
    for claim in spec.objects("volumeClaimTemplates") {
        let name = match claim.get("metadata") {
            None if claim.is_absent("metadata") => Err(Place::Missing(claim.id, "metadata.name")),
            None => continue,
            Some(metadata) => match metadata.object() {
                Some(metadata) if metadata.is_unset("name") => Err(metadata.place("name")),
                Some(metadata) => metadata.get("name").ok_or(metadata.place("name")),
                None => continue,
            },
        };
        match name {
            Err(place) => {
                let message =
                    format!("a claim template needs {}: its volume has the same", cx.f("name"));
                cx.report(Reason::Required, place, message).help("name it as the mount does");
            }
            Ok(node) => {
                let Some(Err(violation)) = node.str().map(|text| Format::DnsLabel.check(text))
                else {
                    continue;
                };
                let help = match violation.fixed {
                    Some(fixed) => format!("use `{fixed}`"),
                    None => format!("write {}", Format::DnsLabel.describe()),
                };
                cx.invalid(node, violation.message).help(help);
            }
        }
    }
}
