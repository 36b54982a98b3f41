//! Annotations of pods and templates that Kubernetes reads: the old form of profiles, and costs.

use super::Rule;
use super::pod::containers;
use crate::cx::{Cx, Node, Obj, Place};
use crate::finding::{Reason, Severity};
use crate::formats::Format;
use crate::formats::json::is_list;

/// The rules of this file.
pub const RULES: &[Rule] = &[
    Rule {
        id: "pod_annotation",
        on: "api.core.v1.Pod",
        severity: Severity::Error,
        waivable: false,
        what: "The annotations of a pod that Kubernetes reads have a value that it can read.",
        source: "pkg/apis/core/validation: ValidatePodSpecificAnnotations",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a, annotations: {controller.kubernetes.io/pod-deletion-cost: high}}, spec: {containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a, annotations: {controller.kubernetes.io/pod-deletion-cost: \"100\"}}, spec: {containers: [{name: a, image: i}]}}",
        check: Some(check_annotations),
    },
    Rule {
        id: "pod_profile_mismatch",
        on: "api.core.v1.Pod",
        severity: Severity::Error,
        waivable: false,
        what: "Where an annotation names a seccomp or AppArmor profile, the field names the same.",
        source: "pkg/apis/core/validation: validateSeccompAnnotationsAndFields, validateAppArmorAnnotationsAndFieldsMatchOnCreate",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a, annotations: {seccomp.security.alpha.kubernetes.io/pod: unconfined}}, spec: {securityContext: {seccompProfile: {type: RuntimeDefault}}, containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a, annotations: {seccomp.security.alpha.kubernetes.io/pod: runtime/default}}, spec: {securityContext: {seccompProfile: {type: RuntimeDefault}}, containers: [{name: a, image: i}]}}",
        check: Some(check_profile_mismatch),
    },
    Rule {
        id: "template_annotation",
        on: "api.core.v1.PodTemplateSpec",
        severity: Severity::Error,
        waivable: false,
        what: "The annotations of a template that Kubernetes reads have a value that it can read.",
        source: "pkg/apis/core/validation: ValidatePodSpecificAnnotations",
        bad: "{apiVersion: v1, kind: PodTemplate, metadata: {name: a}, template: {metadata: {annotations: {seccomp.security.alpha.kubernetes.io/pod: default}}, spec: {containers: [{name: a, image: i}]}}}",
        good: "{apiVersion: v1, kind: PodTemplate, metadata: {name: a}, template: {metadata: {annotations: {seccomp.security.alpha.kubernetes.io/pod: runtime/default}}, spec: {containers: [{name: a, image: i}]}}}",
        check: Some(check_annotations),
    },
    Rule {
        id: "template_profile_mismatch",
        on: "api.core.v1.PodTemplateSpec",
        severity: Severity::Error,
        waivable: false,
        what: "Where an annotation names a seccomp or AppArmor profile, the field names the same.",
        source: "pkg/apis/core/validation: validateSeccompAnnotationsAndFields",
        bad: "{apiVersion: v1, kind: PodTemplate, metadata: {name: a}, template: {metadata: {annotations: {container.seccomp.security.alpha.kubernetes.io/a: unconfined}}, spec: {containers: [{name: a, image: i, securityContext: {seccompProfile: {type: RuntimeDefault}}}]}}}",
        good: "{apiVersion: v1, kind: PodTemplate, metadata: {name: a}, template: {metadata: {annotations: {container.seccomp.security.alpha.kubernetes.io/a: unconfined}}, spec: {containers: [{name: a, image: i, securityContext: {seccompProfile: {type: Unconfined}}}]}}}",
        check: Some(check_profile_mismatch),
    },
];

const SECCOMP_POD: &str = "seccomp.security.alpha.kubernetes.io/pod";
const SECCOMP_CONTAINER: &str = "container.seccomp.security.alpha.kubernetes.io/";
const APPARMOR_CONTAINER: &str = "container.apparmor.security.beta.kubernetes.io/";
const MIRROR: &str = "kubernetes.io/config.mirror";
const TOLERATIONS: &str = "scheduler.alpha.kubernetes.io/tolerations";
const DELETION_COST: &str = "controller.kubernetes.io/pod-deletion-cost";

/// What a profile's annotation says, as the field would say it: a type, and the node's profile.
fn profile(value: &str) -> Option<(&'static str, Option<&str>)> {
    match value {
        "runtime/default" | "docker/default" => Some(("RuntimeDefault", None)),
        "unconfined" => Some(("Unconfined", None)),
        _ => value.strip_prefix("localhost/").map(|name| ("Localhost", Some(name))),
    }
}

fn annotations(pod: Obj<'_>) -> impl Iterator<Item = (&str, Node<'_>, &str)> {
    let entries = pod.at(&["metadata", "annotations"]).into_iter().flat_map(Obj::entries);
    entries.filter_map(|(key, value)| Some((key.str()?, value, value.str()?)))
}

fn check_annotations(cx: &mut Cx<'_>, pod: Obj<'_>) {
    for (key, node, value) in annotations(pod) {
        if key == SECCOMP_POD || key.starts_with(SECCOMP_CONTAINER) {
            check_seccomp(cx, node, value);
        } else if let Some(container) = key.strip_prefix(APPARMOR_CONTAINER) {
            check_apparmor(cx, pod, container, node, value);
        } else if key == MIRROR {
            let unassigned = pod.object("spec").is_some_and(|spec| spec.is_unset("nodeName"));
            if unassigned {
                let message = format!(
                    "`{MIRROR}` is for the pods that a node mirrors: {} isn't given",
                    cx.f("nodeName")
                );
                cx.invalid(node, message).help("leave the annotation out");
            }
        } else if key == TOLERATIONS && !value.is_empty() && !is_list(value) {
            cx.invalid(node, "the annotation isn't a list of tolerations in JSON")
                .help("leave it out, and write the field `tolerations`");
        } else if key == DELETION_COST && !is_cost(value) {
            cx.invalid(
                node,
                format!(
                    "`{value}` isn't a cost: an integer of 32 bits without leading zeros or `+`"
                ),
            );
        }
    }
}

fn is_cost(value: &str) -> bool {
    let digits = value.strip_prefix('-').unwrap_or(value);
    let plain = !digits.starts_with('+') && (digits == "0" || !digits.starts_with('0'));
    plain && value.parse::<i32>().is_ok()
}

fn check_seccomp(cx: &mut Cx<'_>, node: Node<'_>, value: &str) {
    match profile(value) {
        Some((_, Some(path))) => {
            if let Err(violation) = Format::RelativePath.check(path) {
                cx.invalid(node, violation.message);
            }
        }
        Some(_) => {}
        None => {
            cx.invalid(node, format!("`{value}` isn't a seccomp profile"))
                .help("use `runtime/default`, `unconfined` or `localhost/<path>`");
        }
    }
}

fn check_apparmor(cx: &mut Cx<'_>, pod: Obj<'_>, container: &str, node: Node<'_>, value: &str) {
    if !value.is_empty() && (profile(value).is_none() || value == "docker/default") {
        cx.invalid(node, format!("`{value}` isn't an AppArmor profile"))
            .help("use `runtime/default`, `unconfined` or `localhost/<name>`");
        return;
    }
    let Some(spec) = pod.object("spec") else { return };
    let known = !spec.has_unknown("containers") && !spec.has_unknown("initContainers");
    if known && !containers(spec).any(|other| other.str("name") == Some(container)) {
        cx.invalid(node, format!("the pod has no container `{container}`"));
    }
}

fn check_profile_mismatch(cx: &mut Cx<'_>, pod: Obj<'_>) {
    let Some(spec) = pod.object("spec") else { return };
    for (key, node, value) in annotations(pod) {
        let container =
            |name: &str| containers(spec).find(|container| container.str("name") == Some(name));
        if key == SECCOMP_POD {
            check_match(cx, node, value, own_profile(spec, "seccompProfile"), None);
        } else if let Some(name) = key.strip_prefix(SECCOMP_CONTAINER) {
            let own = container(name).and_then(|own| own_profile(own, "seccompProfile"));
            check_match(cx, node, value, own, None);
        } else if let Some(name) = key.strip_prefix(APPARMOR_CONTAINER)
            && let Some(holder) = container(name)
            && spec.object("os").is_none_or(|os| os.str("name") != Some("windows"))
        {
            // A container without a profile of its own has that of the pod; in a pod, but not in
            // a template, the server gives it that of its annotation first.
            match own_profile(holder, "appArmorProfile") {
                Some(own) => check_match(cx, node, value, Some(own), None),
                None if cx.is_kind(&["Pod"]) || holder.has_unknown("securityContext") => {}
                None => {
                    let of_pod = own_profile(spec, "appArmorProfile");
                    check_match(cx, node, value, of_pod, Some(holder));
                }
            }
        }
    }
}

fn own_profile<'t>(holder: Obj<'t>, field: &str) -> Option<Obj<'t>> {
    holder.at(&["securityContext", field])
}

/// Reports a profile that says something else than its annotation; `holder` is the container that
/// the server blames where the profile is its pod's.
fn check_match(
    cx: &mut Cx<'_>,
    node: Node<'_>,
    value: &str,
    given: Option<Obj<'_>>,
    holder: Option<Obj<'_>>,
) {
    let (Some((ty, name)), Some(given)) = (profile(value), given) else { return };
    let differs = |field: &str, says: &str| given.str(field).is_some_and(|own| own != says);
    let (field, path, says) = match name {
        _ if differs("type", ty) => ("type", "securityContext.appArmorProfile.type", ty),
        Some(name) if differs("localhostProfile", name) => {
            ("localhostProfile", "securityContext.appArmorProfile.localhostProfile", name)
        }
        _ => return,
    };
    let place = given.get(field).map_or(Place::Value(given.id), |node| Place::Value(node.id));
    let draft = cx.report(Reason::Forbidden, place, format!("an annotation says `{says}`"));
    draft
        .help("leave the annotation out: the field has taken its place")
        .related(node.id, "the annotation is here");
    if let Some(holder) = holder {
        draft.path_of(Place::Missing(holder.id, path));
    }
}
