//! Rules of label selectors: what an operator asks of its values, and whether a workload's
//! selector finds the pods that its own template makes.

use super::Rule;
use crate::cx::{Cx, Obj, Place};
use crate::finding::{Reason, Severity};

/// The rules of this file.
pub const RULES: &[Rule] = &[
    Rule {
        id: "empty_selector",
        on: "",
        severity: Severity::Error,
        waivable: false,
        what: "The selector of a Deployment, ReplicaSet, DaemonSet or StatefulSet isn't empty: an empty \
               one would take every pod of the namespace. Nor is that of a ReplicationController, \
               which takes the labels of its template where it is absent.",
        source: "apps: ValidateDeploymentSpec, ValidateReplicaSetSpec, ValidateDaemonSetSpec, ValidateStatefulSetSpec; core: ValidateReplicationControllerSpec",
        bad: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {selector: {}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}}}",
        good: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}}}",
        check: Some(check_selector_given),
    },
    Rule {
        id: "operator_values",
        on: "apimachinery.pkg.apis.meta.v1.LabelSelectorRequirement",
        severity: Severity::Error,
        waivable: false,
        what: "`In` and `NotIn` compare with values; `Exists` and `DoesNotExist` take none.",
        source: "apimachinery: apis/meta/v1/validation.ValidateLabelSelectorRequirement",
        bad: "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a}, spec: {podSelector: {matchExpressions: [{key: app, operator: In}]}}}",
        good: "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a}, spec: {podSelector: {matchExpressions: [{key: app, operator: In, values: [a]}]}}}",
        check: Some(check_operator_values),
    },
    Rule {
        id: "selector_mismatch",
        on: "",
        severity: Severity::Error,
        waivable: false,
        what: "A workload's selector matches the labels of its own pod template, or it would never find \
               the pods that it makes.",
        source: "apps: ValidatePodTemplateSpecForReplicaSet and its likes; batch: ValidateJob",
        bad: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: b}}, spec: {containers: [{name: a, image: i}]}}}}",
        good: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}}}",
        check: Some(check_selector_matches),
    },
];

fn check_selector_given(cx: &mut Cx<'_>, root: Obj<'_>) {
    if cx.is_kind(&["ReplicationController"]) {
        return check_labels_given(cx, root);
    }
    if !cx.is_kind(&["Deployment", "ReplicaSet", "DaemonSet", "StatefulSet"]) {
        return;
    }
    let Some(selector) = root.object("spec").and_then(|spec| spec.object("selector")) else {
        return;
    };
    if selector.is_unset("matchLabels") && selector.is_unset("matchExpressions") {
        let message =
            format!("an empty {} would take every pod of the namespace", cx.f("selector"));
        let help = format!("give {}", cx.f("matchLabels"));
        cx.invalid(selector.node(), message).help(help);
    }
}

fn check_labels_given(cx: &mut Cx<'_>, root: Obj<'_>) {
    let Some(spec) = root.object("spec").filter(|spec| spec.is_unset("selector")) else { return };
    let labels = spec.object("template").and_then(labels_of);
    if labels.is_some_and(|labels| labels.is_none_or(|labels| labels.entries().next().is_none())) {
        let message = format!("neither {} nor the template has labels", cx.f("selector"));
        let help = format!("give the template {}", cx.f("labels"));
        cx.required(spec, "selector", message).help(help);
    }
}

fn check_operator_values(cx: &mut Cx<'_>, requirement: Obj<'_>) {
    let Some(operator) = requirement.str("operator") else { return };
    match operator {
        "In" | "NotIn" if requirement.is_unset("values") => {
            let message = format!("operator `{operator}` needs {}", cx.f("values"));
            cx.required(requirement, "values", message).help("list the values to compare with");
        }
        "Exists" | "DoesNotExist" if requirement.is_set("values") => {
            let message = format!("operator `{operator}` takes no {}", cx.f("values"));
            let (values, compare) =
                (cx.f("values"), if operator == "Exists" { "In" } else { "NotIn" });
            cx.forbidden(requirement, "values", message)
                .help(format!("remove {values}, or use operator `{compare}`"));
        }
        _ => {}
    }
}

fn check_selector_matches(cx: &mut Cx<'_>, root: Obj<'_>) {
    let Some(spec) = root.object("spec") else { return };
    let Some(template) = spec.object("template") else { return };
    match cx.kind_name {
        Some("Deployment" | "ReplicaSet" | "DaemonSet" | "StatefulSet") => {}
        // Without `manualSelector` the server makes the selector and the label.
        Some("Job") if spec.bool("manualSelector") == Some(true) => {}
        // A plain map of labels; the template's own when it is absent.
        Some("ReplicationController") => {
            if let Some(labels) = spec.object("selector") {
                check_labels(cx, labels, template);
            }
            return;
        }
        _ => return,
    }
    let Some(selector) = spec.object("selector") else { return };
    if let Some(labels) = selector.object("matchLabels")
        && check_labels(cx, labels, template)
    {
        return;
    }
    for requirement in selector.objects("matchExpressions") {
        if check_requirement(cx, requirement, template) {
            return;
        }
    }
}

/// The template's labels, if they are all known; `None` inside for none at all.
fn labels_of<'t>(template: Obj<'t>) -> Option<Option<Obj<'t>>> {
    match template.get("metadata") {
        None => template.is_absent("metadata").then_some(None),
        Some(metadata) => {
            let metadata = metadata.object()?;
            match metadata.get("labels") {
                None => metadata.is_absent("labels").then_some(None),
                Some(labels) => labels.object().map(Some),
            }
        }
    }
}

/// The template's labels as a place; where there are none, the block that lacks them.
fn labels_place(template: Obj<'_>) -> Place {
    match template.object("metadata") {
        Some(metadata) => metadata.place("labels"),
        None => Place::Missing(template.id, "metadata.labels"),
    }
}

/// Whether a mismatch was found: one is enough to say that the selector is wrong.
fn check_labels(cx: &mut Cx<'_>, wanted: Obj<'_>, template: Obj<'_>) -> bool {
    let Some(labels) = labels_of(template) else { return false };
    for (key, value) in wanted.entries() {
        let key = cx.tree.str(key.id);
        let Some(value_text) = value.str() else { continue };
        let found = labels.and_then(|labels| labels.get(key));
        match (found, labels) {
            (Some(label), _) if label.str().is_none_or(|text| text == value_text) => {}
            (Some(label), _) => {
                let text = label.str().unwrap_or_default();
                let (text, value_text) = (shown(text), shown(value_text));
                let message = format!(
                    "label `{key}` is {text} in the pod template, but the selector asks for {value_text}"
                );
                cx.invalid(label, message)
                    .help(format!("use {value_text} here, or {text} in the selector"))
                    .related(value.id, "the selector's value is here");
                return true;
            }
            (None, Some(labels)) if !labels.is_absent(key) => {}
            (None, _) => {
                let message =
                    format!("the pod template has no label `{key}`, which the selector asks for");
                cx.report(Reason::Invalid, labels_place(template), message)
                    .help(format!("add the label `{key}` with the value `{value_text}`"))
                    .related(value.id, "the selector's value is here");
                return true;
            }
        }
    }
    false
}

/// A label's value in a message, where an empty one must be seen.
fn shown(text: &str) -> String {
    if text.is_empty() { "`\"\"`".to_owned() } else { format!("`{text}`") }
}

fn check_requirement(cx: &mut Cx<'_>, requirement: Obj<'_>, template: Obj<'_>) -> bool {
    let (Some(key), Some(operator)) = (requirement.str("key"), requirement.str("operator")) else {
        return false;
    };
    let Some(labels) = labels_of(template) else { return false };
    // `In` without values is an error already.
    let listless = matches!(operator, "In" | "NotIn") && requirement.is_unset("values");
    if listless || requirement.has_unknown("values") {
        return false;
    }
    let label = labels.and_then(|labels| labels.get(key));
    if label.is_some_and(|label| label.str().is_none()) {
        return false;
    }
    let text = label.and_then(|label| label.str());
    let listed = || requirement.items("values").any(|value| value.str() == text);
    let (matches, wanted) = match operator {
        "In" => (text.is_some() && listed(), "one of the values that the selector lists"),
        "NotIn" => (text.is_none() || !listed(), "none of the values that the selector lists"),
        "Exists" => (text.is_some(), "there, since the selector asks for it"),
        "DoesNotExist" => (text.is_none(), "absent, since the selector excludes it"),
        _ => return false,
    };
    if matches {
        return false;
    }
    let place = label.map_or_else(|| labels_place(template), |label| Place::Value(label.id));
    let message = format!("the pod template's label `{key}` must be {wanted}");
    cx.report(Reason::Invalid, place, message)
        .help("change the label, or the selector")
        .related(requirement.id, "the selector's requirement is here");
    true
}
