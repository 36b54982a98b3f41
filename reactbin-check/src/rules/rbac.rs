//! Rules of RBAC: what a rule grants, to whom, by which role.

use super::Rule;
use crate::cx::{Cx, Node, Obj, Place};
use crate::finding::{Reason, Severity};
use crate::formats::Format;

/// The rules of this file.
pub const RULES: &[Rule] = &[
    Rule {
        id: "policy_rule_target",
        on: "",
        severity: Severity::Error,
        waivable: false,
        what: "A rule grants verbs on resources of API groups, or in a ClusterRole on URLs, not on both.",
        source: "rbac: ValidatePolicyRule",
        bad: "{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: a}, rules: [{verbs: [get], resources: [pods]}]}",
        good: "{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: a}, rules: [{verbs: [get], apiGroups: [\"\"], resources: [pods]}]}",
        check: Some(check_rules),
    },
    Rule {
        id: "role_ref_kind",
        on: "",
        severity: Severity::Error,
        waivable: false,
        what: "A RoleBinding refers to a Role or a ClusterRole, a ClusterRoleBinding to a ClusterRole.",
        source: "rbac: ValidateRoleBinding, ValidateClusterRoleBinding",
        bad: "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: a}, roleRef: {kind: Role, name: r}}",
        good: "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: a}, roleRef: {kind: ClusterRole, name: r}}",
        check: Some(check_role_ref),
    },
    Rule {
        id: "subject_reference",
        on: "api.rbac.v1.Subject",
        severity: Severity::Error,
        waivable: false,
        what: "A subject is a ServiceAccount of the core group, with the namespace that it lives in for a \
               ClusterRoleBinding, or a User or Group of the RBAC group.",
        source: "rbac: ValidateRoleBindingSubject",
        bad: "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: a}, roleRef: {kind: ClusterRole, name: r}, subjects: [{kind: ServiceAccount, name: s}]}",
        good: "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: a}, roleRef: {kind: ClusterRole, name: r}, subjects: [{kind: ServiceAccount, name: s, namespace: n}]}",
        check: Some(check_subject),
    },
];

const GROUP: &str = "rbac.authorization.k8s.io";

fn check_rules(cx: &mut Cx<'_>, root: Obj<'_>) {
    if !cx.is_kind(&["Role", "ClusterRole"]) {
        return;
    }
    let namespaced = cx.is_kind(&["Role"]);
    for rule in root.objects("rules") {
        if rule.is_set("nonResourceURLs") {
            check_urls(cx, rule, namespaced);
            continue;
        }
        if !rule.is_unset("nonResourceURLs") {
            continue;
        }
        for field in ["apiGroups", "resources"] {
            if rule.is_unset(field) {
                let message = format!("a rule needs {}", cx.f(field));
                let help = match field {
                    "apiGroups" => "name the API groups; `\"\"` is the core group",
                    _ => "name the resources in the plural, such as `pods`",
                };
                cx.required(rule, field, message).help(help);
            }
        }
    }
}

fn check_urls(cx: &mut Cx<'_>, rule: Obj<'_>, namespaced: bool) {
    let message = if namespaced {
        "a Role can't grant URLs: they are in no namespace"
    } else if rule.is_set("apiGroups") || rule.is_set("resources") || rule.is_set("resourceNames") {
        "one rule can't grant both resources and URLs"
    } else {
        return;
    };
    let help = if namespaced { "use a ClusterRole" } else { "make two rules of it" };
    cx.report(Reason::Invalid, rule.key_place("nonResourceURLs"), message).help(help);
}

fn check_role_ref(cx: &mut Cx<'_>, root: Obj<'_>) {
    let kinds: &[&str] = match cx.kind_name {
        Some("RoleBinding") => &["Role", "ClusterRole"],
        Some("ClusterRoleBinding") => &["ClusterRole"],
        _ => return,
    };
    let Some(node) = root.object("roleRef").and_then(|role| role.get("kind")) else { return };
    let Some(kind) = node.str().filter(|kind| !kind.is_empty() && !kinds.contains(kind)) else {
        return;
    };
    let binding = cx.kind_name.unwrap_or("binding");
    let quoted: Vec<String> = kinds.iter().map(|kind| format!("`{kind}`")).collect();
    cx.not_supported(node, format!("a {binding} can't refer to a `{kind}`"))
        .help(format!("use {}", quoted.join(" or ")));
}

fn check_subject(cx: &mut Cx<'_>, subject: Obj<'_>) {
    match subject.str("kind") {
        Some("ServiceAccount") => {
            check_group(cx, subject, "");
            if let Some((node, Err(violation))) = name_of(subject) {
                let help = violation.fixed.map(|fixed| format!("use `{fixed}`"));
                let help =
                    help.unwrap_or_else(|| format!("write {}", Format::DnsSubdomain.describe()));
                cx.invalid(node, violation.message).help(help);
            }
            if cx.is_kind(&["ClusterRoleBinding"]) && subject.is_unset("namespace") {
                let message =
                    format!("a ServiceAccount in a ClusterRoleBinding needs {}", cx.f("namespace"));
                cx.required(subject, "namespace", message);
            }
        }
        Some("User" | "Group") => check_group(cx, subject, GROUP),
        _ => {}
    }
}

fn name_of<'t>(subject: Obj<'t>) -> Option<(Node<'t>, Result<(), crate::formats::Violation>)> {
    let node = subject.get("name")?;
    let text = node.str().filter(|text| !text.is_empty())?;
    Some((node, Format::DnsSubdomain.check(text)))
}

fn check_group(cx: &mut Cx<'_>, subject: Obj<'_>, group: &str) {
    let Some(node) = subject.get("apiGroup") else { return };
    if let Some(text) = node.str().filter(|text| !text.is_empty() && *text != group) {
        let kind = subject.str("kind").unwrap_or_default();
        let message =
            format!("a subject of the kind {kind} can't have {} `{text}`", cx.f("apiGroup"));
        let help = if group.is_empty() {
            "remove it".to_owned()
        } else {
            format!("use `{group}`, or remove it")
        };
        cx.report(Reason::NotSupported, Place::Value(node.id), message).help(help);
    }
}
