//! Rules of every object's metadata: its name, namespace, finalizers, owners.

use super::Rule;
use crate::cx::{Cx, Draft, Node, Obj, Place};
use crate::finding::{Reason, Severity};
use crate::formats::Format;

/// The rules of this file.
pub const RULES: &[Rule] = &[
    Rule {
        id: "cluster_scoped_namespace",
        on: "",
        severity: Severity::Error,
        waivable: true,
        what: "An object of a cluster-scoped kind has no namespace: the server drops one that is given.",
        source: "apiserver: registry/rest.EnsureObjectNamespaceMatchesRequestNamespace",
        bad: "{apiVersion: v1, kind: Namespace, metadata: {name: a, namespace: b}}",
        good: "{apiVersion: v1, kind: Namespace, metadata: {name: a}}",
        check: Some(check_cluster_scope),
    },
    Rule {
        id: "invalid_finalizer",
        on: "",
        severity: Severity::Error,
        waivable: false,
        what: "A finalizer is a qualified name: `example.com/name`, or one of Kubernetes' own.",
        source: "core: ValidateObjectMeta, validateKubeFinalizerName",
        bad: "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, finalizers: [mine]}}",
        good: "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, finalizers: [example.com/mine]}}",
        check: Some(check_finalizers),
    },
    Rule {
        id: "invalid_name",
        on: "",
        severity: Severity::Error,
        waivable: false,
        what: "An object's name has the format of its kind: a DNS label for Namespace, Service and \
               StatefulSet, a path segment for RBAC, PodDisruptionBudget, APIService and requests for \
               certificates, at most 52 characters for a CronJob and 63 for a Job, a DNS subdomain \
               for the rest.",
        source: "core, apps, batch, rbac: the ValidateNameFunc of each kind",
        bad: "{apiVersion: v1, kind: Namespace, metadata: {name: my_team}}",
        good: "{apiVersion: v1, kind: Namespace, metadata: {name: my-team}}",
        check: Some(check_name),
    },
    Rule {
        id: "invalid_namespace",
        on: "",
        severity: Severity::Error,
        waivable: false,
        what: "A namespace is a DNS label.",
        source: "apimachinery: api/validation.ValidateObjectMeta",
        bad: "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: my_team}}",
        good: "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: my-team}}",
        check: Some(check_namespace),
    },
    Rule {
        id: "missing_name",
        on: "",
        severity: Severity::Error,
        waivable: false,
        what: "An object has a name, or a prefix from which the server makes one.",
        source: "apimachinery: api/validation.ValidateObjectMeta",
        bad: "{apiVersion: v1, kind: ConfigMap, metadata: {labels: {app: a}}}",
        good: "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, labels: {app: a}}}",
        check: Some(check_name_given),
    },
    Rule {
        id: "namespace_finalizer",
        on: "api.core.v1.NamespaceSpec",
        severity: Severity::Error,
        waivable: false,
        what: "A finalizer of a namespace's contents is a qualified name, or one of Kubernetes' own.",
        source: "core: ValidateNamespace, validateFinalizerName",
        bad: "{apiVersion: v1, kind: Namespace, metadata: {name: a}, spec: {finalizers: [mine]}}",
        good: "{apiVersion: v1, kind: Namespace, metadata: {name: a}, spec: {finalizers: [example.com/mine]}}",
        check: Some(check_namespace_finalizers),
    },
    Rule {
        id: "owner_version",
        on: "apimachinery.pkg.apis.meta.v1.OwnerReference",
        severity: Severity::Error,
        waivable: false,
        what: "The API version of an owner is a version, with its group and a slash before it where it \
               has one.",
        source: "apimachinery: api/validation.ValidateOwnerReferences",
        bad: "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, ownerReferences: [{apiVersion: apps/, kind: Deployment, name: b, uid: c}]}}",
        good: "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: b, uid: c}]}}",
        check: Some(check_owner_version),
    },
    Rule {
        id: "several_controllers",
        on: "",
        severity: Severity::Error,
        waivable: false,
        what: "At most one owner of an object is its controller, and none is an Event.",
        source: "apimachinery: api/validation.ValidateOwnerReferences",
        bad: "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, ownerReferences: [{apiVersion: v1, kind: Pod, name: p, uid: u, controller: true}, {apiVersion: v1, kind: Pod, name: q, uid: w, controller: true}]}}",
        good: "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, ownerReferences: [{apiVersion: v1, kind: Pod, name: p, uid: u, controller: true}, {apiVersion: v1, kind: Pod, name: q, uid: w}]}}",
        check: Some(check_owners),
    },
];

/// Reviews and the like: requests that are answered and never stored, so they need no name.
const NAMELESS: &[&str] = &["authentication.k8s.io", "authorization.k8s.io"];

/// What a kind demands of its objects' names.
fn name_format(group: &str, kind: &str) -> Option<Format> {
    match kind {
        // Of this one nothing is asked but what any name must be.
        "Event" if group.is_empty() => Some(Format::PathSegmentName),
        "Namespace" | "Service" | "StatefulSet" => Some(Format::DnsLabel),
        "APIService"
        | "CertificateSigningRequest"
        | "ClusterRole"
        | "ClusterRoleBinding"
        | "PodDisruptionBudget"
        | "Role"
        | "RoleBinding" => Some(Format::PathSegmentName),
        // The names of these are derived from what they stand for.
        "ClusterTrustBundle" | "IPAddress" => None,
        _ => Some(Format::DnsSubdomain),
    }
}

fn check_cluster_scope(cx: &mut Cx<'_>, root: Obj<'_>) {
    let Some(kind) = cx.kind.filter(|kind| !kind.namespaced) else { return };
    let Some(metadata) = root.object("metadata") else { return };
    if metadata.is_set("namespace") {
        let message =
            format!("{} is ignored: a {} is in no namespace", cx.f("namespace"), kind.kind);
        let help = format!("remove {}", cx.f("namespace"));
        cx.forbidden(metadata, "namespace", message).help(help);
    }
}

fn check_namespace(cx: &mut Cx<'_>, root: Obj<'_>) {
    if !cx.kind.is_some_and(|kind| kind.namespaced) {
        return;
    }
    let Some(namespace) = root.object("metadata").and_then(|metadata| metadata.get("namespace"))
    else {
        return;
    };
    if let Some(text) = namespace.str().filter(|text| !text.is_empty()) {
        cx.check_text(namespace, Some(text), Format::DnsLabel);
    }
}

fn check_name_given(cx: &mut Cx<'_>, root: Obj<'_>) {
    // The server makes up a LimitRange's name.
    if cx
        .kind
        .is_some_and(|kind| NAMELESS.contains(&kind.group) || cx.kind_name == Some("LimitRange"))
    {
        return;
    }
    let place = match root.get("metadata") {
        None if root.is_absent("metadata") => Place::Missing(root.id, "metadata.name"),
        None => return,
        Some(node) => match node.object() {
            Some(metadata) if metadata.is_unset("name") && metadata.is_unset("generateName") => {
                metadata.place("name")
            }
            _ => return,
        },
    };
    let message = format!("missing {} of the object", cx.f("name"));
    let help = format!(
        "give it {}, or {} for a name that the server completes",
        cx.f("name"),
        cx.f("generateName")
    );
    cx.report(Reason::Required, place, message).help(help);
}

fn check_name(cx: &mut Cx<'_>, root: Obj<'_>) {
    let Some(kind) = cx.kind else { return };
    let Some(format) = name_format(kind.group, cx.kind_name.unwrap_or_default()) else { return };
    let Some(metadata) = root.object("metadata") else { return };
    if let Some(node) = metadata.get("name")
        && let Some(name) = node.str().filter(|name| !name.is_empty())
    {
        match format.check(name) {
            Ok(()) => check_name_length(cx, root, node, name),
            Err(_) => {
                cx.check_text(node, Some(name), format);
            }
        }
    }
    if let Some(node) = metadata.get("generateName")
        && let Some(prefix) = node.str().filter(|prefix| !prefix.is_empty())
    {
        // The server puts letters and digits behind the prefix.
        match prefix.strip_suffix('-') {
            Some(start) if !start.is_empty() => {
                cx.check_text(node, Some(&format!("{start}a")), format)
            }
            _ => cx.check_text(node, Some(prefix), format),
        };
    }
}

/// Controllers make other names and labels from these names.
fn check_name_length(cx: &mut Cx<'_>, root: Obj<'_>, node: Node<'_>, name: &str) {
    let (most, why) = match cx.kind_name {
        Some("CronJob") => (52, "its Jobs' names have 11 characters more"),
        Some("Job") => {
            let manual = root.object("spec").map(|spec| spec.bool_or("manualSelector", false));
            if manual.is_some_and(|manual| manual != Some(false)) {
                return;
            }
            (63, "it becomes a label of the Job's pods")
        }
        _ => return,
    };
    if name.len() > most {
        let message =
            format!("a name of {} characters is too long: at most {most}, since {why}", name.len());
        cx.invalid(node, message);
    }
}

fn check_finalizers(cx: &mut Cx<'_>, root: Obj<'_>) {
    let Some(metadata) = root.object("metadata") else { return };
    let custom = cx.kind.is_some_and(|kind| kind.custom);
    let mut deletion = None;
    for node in metadata.items("finalizers") {
        let Some(text) = node.item_str() else { continue };
        if cx.check_text(node, Some(text), Format::LabelKey).is_some() {
            continue;
        }
        match text {
            "orphan" | "foregroundDeletion" => match deletion {
                Some((first, name)) if name != text => {
                    let message = format!("`{name}` and `{text}` contradict each other");
                    cx.invalid(node, message).related(first, "the other one is here");
                }
                _ => deletion = Some((node.id, text)),
            },
            "kubernetes" => {}
            _ if custom || text.contains('/') => {}
            _ => {
                unqualified_finalizer(cx, node, text);
            }
        }
    }
}

fn unqualified_finalizer<'c>(cx: &'c mut Cx<'_>, node: Node<'_>, text: &str) -> &'c mut Draft {
    let message =
        format!("`{text}` is neither a finalizer of Kubernetes itself nor fully qualified");
    cx.invalid(node, message).help(format!("put a domain before it: `example.com/{text}`"))
}

fn check_namespace_finalizers(cx: &mut Cx<'_>, spec: Obj<'_>) {
    for node in spec.items("finalizers") {
        let Some(text) = node.item_str() else { continue };
        let own = matches!(text, "foregroundDeletion" | "kubernetes" | "orphan");
        let draft = if Format::LabelKey.check(text).is_err() {
            cx.check_text(node, Some(text), Format::LabelKey)
        } else if !own && !text.contains('/') {
            Some(unqualified_finalizer(cx, node, text))
        } else {
            None
        };
        // The server names the list.
        if let Some(draft) = draft {
            draft.path_of(spec.place("finalizers"));
        }
    }
}

fn check_owner_version(cx: &mut Cx<'_>, owner: Obj<'_>) {
    let Some(node) = owner.get("apiVersion") else { return };
    let Some(text) = node.str().filter(|text| !text.is_empty()) else { return };
    if text.ends_with('/') || text.matches('/').count() > 1 {
        cx.invalid(node, format!("`{text}` has no version"))
            .help("write a version such as `v1` or `apps/v1`");
    }
}

fn check_owners(cx: &mut Cx<'_>, root: Obj<'_>) {
    let Some(metadata) = root.object("metadata") else { return };
    let mut first = None;
    for owner in metadata.objects("ownerReferences") {
        if let (Some("v1"), Some(kind)) = (owner.str("apiVersion"), owner.get("kind"))
            && kind.str() == Some("Event")
        {
            cx.invalid(kind, "an Event can't own anything").help("name another owner");
        }
        if owner.bool("controller") != Some(true) {
            continue;
        }
        match first {
            None => first = owner.get("controller"),
            Some(first) => {
                let message = format!("a second owner with {} set to `true`", cx.f("controller"));
                cx.report(Reason::Invalid, owner.place("controller"), message)
                    .related(first.id, "the first is here");
            }
        }
    }
}
