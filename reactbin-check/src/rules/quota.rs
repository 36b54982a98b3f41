//! Rules of LimitRange, ResourceQuota and PriorityClass.

use std::collections::BTreeMap;

use super::Rule;
use super::resources::{is_counted, is_overcommitted};
use crate::cx::{Cx, Node, Obj, Place};
use crate::finding::{Reason, Severity};
use crate::formats::Format;
use crate::suggest::suggest;

/// The rules of this file.
pub const RULES: &[Rule] = &[
    Rule {
        id: "limit_range_item",
        on: "api.core.v1.LimitRangeSpec",
        severity: Severity::Error,
        waivable: false,
        what: "A LimitRange has one item of a type, limits resources that the type has, and gives defaults \
               only where they can be used; a claim's item limits its storage.",
        source: "core: ValidateLimitRange",
        bad: "{apiVersion: v1, kind: LimitRange, metadata: {name: a}, spec: {limits: [{type: Pod, default: {cpu: 1}}]}}",
        good: "{apiVersion: v1, kind: LimitRange, metadata: {name: a}, spec: {limits: [{type: Container, default: {cpu: 1}}]}}",
        check: Some(check_items),
    },
    Rule {
        id: "limit_range_order",
        on: "api.core.v1.LimitRangeItem",
        severity: Severity::Error,
        waivable: false,
        what: "For each resource the least is at most the default request, that at most the default limit, \
               and that at most the greatest.",
        source: "core: ValidateLimitRange",
        bad: "{apiVersion: v1, kind: LimitRange, metadata: {name: a}, spec: {limits: [{type: Pod, min: {cpu: 2}, max: {cpu: 1}}]}}",
        good: "{apiVersion: v1, kind: LimitRange, metadata: {name: a}, spec: {limits: [{type: Pod, min: {cpu: 1}, max: {cpu: 2}}]}}",
        check: Some(check_order),
    },
    Rule {
        id: "priority_value",
        on: "api.scheduling.v1.PriorityClass",
        severity: Severity::Error,
        waivable: false,
        what: "A priority is at most 1000000000, and names that start with `system-` are Kubernetes' own.",
        source: "scheduling: ValidatePriorityClass",
        bad: "{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: a}, value: 2000000000}",
        good: "{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: a}, value: 1000}",
        check: Some(check_priority),
    },
    Rule {
        id: "quota_resource",
        on: "api.core.v1.ResourceQuotaSpec",
        severity: Severity::Error,
        waivable: false,
        what: "A quota limits a resource that Kubernetes counts, or one with a domain; objects are counted \
               in whole numbers.",
        source: "core: ValidateResourceQuotaResourceName, ValidateResourceQuantityValue",
        bad: "{apiVersion: v1, kind: ResourceQuota, metadata: {name: a}, spec: {hard: {storage: 10Gi}}}",
        good: "{apiVersion: v1, kind: ResourceQuota, metadata: {name: a}, spec: {hard: {requests.storage: 10Gi}}}",
        check: Some(check_hard),
    },
    Rule {
        id: "quota_scope",
        on: "api.core.v1.ResourceQuotaSpec",
        severity: Severity::Error,
        waivable: false,
        what: "The scopes of a quota don't contradict each other and have to do with what it limits.",
        source: "core: validateResourceQuotaScopes, validateScopedResourceSelectorRequirement",
        bad: "{apiVersion: v1, kind: ResourceQuota, metadata: {name: a}, spec: {hard: {pods: 10}, scopes: [BestEffort, NotBestEffort]}}",
        good: "{apiVersion: v1, kind: ResourceQuota, metadata: {name: a}, spec: {hard: {pods: 10}, scopes: [BestEffort]}}",
        check: Some(check_scopes),
    },
];

/// The names of PriorityClasses that every cluster has, and their values.
const SYSTEM: &[(&str, i64)] =
    &[("system-cluster-critical", 2_000_000_000), ("system-node-critical", 2_000_001_000)];
const MOST: i64 = 1_000_000_000;

fn check_priority(cx: &mut Cx<'_>, class: Obj<'_>) {
    let Some(name) = class.object("metadata").and_then(|metadata| metadata.get("name")) else {
        return;
    };
    let (Some(text), Some(value)) = (name.str(), class.int_or("value", 0)) else { return };
    if text.starts_with("system-") {
        if !SYSTEM.contains(&(text, value)) {
            let message =
                "names that start with `system-` are reserved for Kubernetes' own priorities";
            cx.report(Reason::Forbidden, Place::Value(name.id), message).help("use another name");
        } else if let Some(node) =
            class.get("globalDefault").filter(|node| node.bool() == Some(true))
        {
            cx.report(
                Reason::Forbidden,
                Place::Value(node.id),
                "this priority is for the system's pods",
            )
            .help("remove it, and give another class as the default")
            .path_of(Place::Value(name.id));
        }
    } else if value > MOST {
        let message =
            format!("`{value}` is more than {MOST}, the greatest priority that isn't the system's");
        cx.report(Reason::Forbidden, class.place("value"), message);
    }
}

fn check_items(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let mut seen: BTreeMap<&str, Node<'_>> = BTreeMap::new();
    for item in spec.objects("limits") {
        let Some(node) = item.get("type") else { continue };
        let Some(kind) = node.str() else { continue };
        match seen.get(kind) {
            Some(first) => {
                cx.duplicate(node, *first, format!("a second item of the type `{kind}`"));
            }
            None => {
                seen.insert(kind, node);
            }
        }
        check_item(cx, item, node, kind);
    }
}

fn check_item(cx: &mut Cx<'_>, item: Obj<'_>, node: Node<'_>, kind: &str) {
    match kind {
        "Pod" | "Container" => check_resources(cx, item, true),
        "PersistentVolumeClaim" => {
            check_resources(cx, item, false);
            let unlimited = |field| match item.get(field) {
                None => item.is_absent(field),
                Some(node) => node.object().is_some_and(|map| map.is_absent("storage")),
            };
            if unlimited("min") && unlimited("max") {
                let help = format!("give {} or {}", cx.f("min"), cx.f("max"));
                cx.report(
                    Reason::Required,
                    Place::Value(item.id),
                    "an item that limits no `storage`",
                )
                .help(help);
            }
        }
        _ if !kind.contains('/') => {
            cx.invalid(node, format!("`{kind}` isn't a type of limit"))
                .help("use `Container`, `Pod` or `PersistentVolumeClaim`");
        }
        _ => check_resources(cx, item, false),
    }
    for field in ["default", "defaultRequest"] {
        if kind == "Pod"
            && item.get(field).is_some_and(|node| node.object().is_some() && !node.is_empty())
        {
            let message = format!("an item of the type `Pod` can't have {}", cx.f(field));
            cx.forbidden(item, field, message).help("move it to an item of the type `Container`");
        }
    }
}

fn check_resources(cx: &mut Cx<'_>, item: Obj<'_>, of_containers: bool) {
    for field in ["default", "defaultRequest", "max", "maxLimitRequestRatio", "min"] {
        for (key, _) in item.object(field).into_iter().flat_map(Obj::entries) {
            let name = cx.tree.str(key.id);
            match of_containers {
                true => {
                    if let Err(violation) = Format::ContainerResourceName.check(name) {
                        let help = format!("use {}", Format::ContainerResourceName.describe());
                        cx.report(Reason::Invalid, Place::Key(key.id), violation.message)
                            .help(help);
                    }
                }
                false => check_resource_name(cx, key, |name| name == "storage" || is_quota(name)),
            }
        }
    }
}

/// Checks the name of a resource: a qualified name, which is one of Kubernetes' own where it has no
/// domain.
fn check_resource_name(cx: &mut Cx<'_>, key: Node<'_>, own: fn(&str) -> bool) {
    let name = cx.tree.str(key.id);
    if let Err(violation) = Format::LabelKey.check(name) {
        cx.report(Reason::Invalid, Place::Key(key.id), violation.message)
            .help("write the name of a resource, such as `cpu` or `example.com/gpu`");
    } else if !name.contains('/') && !own(name) {
        let message = format!("`{name}` isn't a resource of Kubernetes' own");
        unknown_resource(cx, key, message, "put a domain before it, such as `example.com/gpu`");
    }
}

/// Reports a resource that isn't known; with `help` if it is like none that is.
fn unknown_resource(cx: &mut Cx<'_>, key: Node<'_>, message: String, help: &str) {
    let known = QUOTAS.iter().map(|(name, _)| *name);
    let meant = suggest(cx.tree.str(key.id), known).map(|meant| format!("use `{meant}`"));
    cx.report(Reason::Invalid, Place::Key(key.id), message)
        .help(meant.unwrap_or_else(|| help.to_owned()));
}

/// Whether a quota can limit a resource without a domain.
fn is_quota(name: &str) -> bool {
    QUOTAS.iter().any(|(other, _)| *other == name)
        || name.starts_with("hugepages-")
        || name.starts_with("requests.hugepages-")
}

fn check_order(cx: &mut Cx<'_>, item: Obj<'_>) {
    const ORDER: &[&str] = &["min", "defaultRequest", "default", "max"];
    for (index, lower) in ORDER.iter().enumerate() {
        for (key, node) in item.object(lower).into_iter().flat_map(Obj::entries) {
            let key = cx.tree.str(key.id);
            let Some(low) = node.quantity() else { continue };
            let higher = ORDER[index + 1..].iter().find_map(|field| {
                let other = item.object(field)?.get(key)?;
                other.quantity().filter(|high| high.nanos() < low.nanos()).map(|_| (*field, other))
            });
            let Some((field, other)) = higher else { continue };
            // The default is the one to blame: the server sees it between the two ends.
            let wrong = if *lower == "min" && field != "max" { other } else { node };
            let related = if wrong.id == node.id { other } else { node };
            let message = format!("{} of `{key}` is more than {}", cx.f(lower), cx.f(field));
            cx.invalid(wrong, message).related(related.id, "the other one is here");
        }
    }
    check_shared_out(cx, item);
    check_ratio(cx, item);
}

/// Of what a node can't share out twice, a container's request is its limit.
fn check_shared_out(cx: &mut Cx<'_>, item: Obj<'_>) {
    for (key, node) in item.object("defaultRequest").into_iter().flat_map(Obj::entries) {
        let key = cx.tree.str(key.id);
        let limit = item.object("default").and_then(|limits| limits.get(key));
        let Some((limit, request)) = limit.zip(node.quantity()) else { continue };
        let less = limit.quantity().is_some_and(|limit| limit.nanos() > request.nanos());
        if less && !is_overcommitted(key) {
            let message = format!(
                "{} and {} of `{key}` differ: a node can't share it out twice",
                cx.f("defaultRequest"),
                cx.f("default")
            );
            cx.invalid(node, message)
                .help("give the same amount, or only the limit")
                .related(limit.id, "the other one is here");
        }
    }
}

fn check_ratio(cx: &mut Cx<'_>, item: Obj<'_>) {
    for (key, node) in item.object("maxLimitRequestRatio").into_iter().flat_map(Obj::entries) {
        let key = cx.tree.str(key.id);
        let Some(ratio) = node.quantity().map(|ratio| ratio.nanos()) else { continue };
        let amount = |field: &str| Some(item.object(field)?.get(key)?.quantity()?.nanos());
        if ratio < 1_000_000_000 {
            cx.invalid(node, "a limit can't be less than its request: at least 1");
        } else if let (Some(min), Some(max)) = (amount("min"), amount("max")) {
            let wide = |nanos: i128| nanos / 1_000_000;
            if min > 0 && wide(ratio).saturating_mul(wide(min)) > wide(max).saturating_mul(1000) {
                cx.invalid(
                    node,
                    format!("the ratio is more than {} by {}", cx.f("max"), cx.f("min")),
                );
            }
        }
    }
}

/// What a quota can limit beside resources with a domain, and whether it is counted in objects.
const QUOTAS: &[(&str, bool)] = &[
    ("configmaps", true),
    ("cpu", false),
    ("ephemeral-storage", false),
    ("limits.cpu", false),
    ("limits.ephemeral-storage", false),
    ("limits.memory", false),
    ("memory", false),
    ("persistentvolumeclaims", true),
    ("pods", true),
    ("replicationcontrollers", true),
    ("requests.cpu", false),
    ("requests.ephemeral-storage", false),
    ("requests.memory", false),
    ("requests.storage", false),
    ("resourcequotas", true),
    ("secrets", true),
    ("services", true),
    ("services.loadbalancers", true),
    ("services.nodeports", true),
];

fn check_hard(cx: &mut Cx<'_>, spec: Obj<'_>) {
    for (key, node) in spec.object("hard").into_iter().flat_map(Obj::entries) {
        let name = cx.tree.str(key.id);
        let known = QUOTAS.iter().find(|(other, _)| *other == name);
        let whole = known.map_or(is_counted(name), |(_, whole)| *whole);
        if whole && node.quantity().is_some_and(|amount| !amount.is_integer()) {
            cx.invalid(node, format!("`{name}` are counted in whole numbers"));
        } else if Format::LabelKey.check(name).is_err() {
            check_resource_name(cx, key, is_quota);
        } else if !name.contains('/') && !is_quota(name) {
            let message = format!("a quota can't limit `{name}`");
            unknown_resource(
                cx,
                key,
                message,
                "count other objects with `count/<resource>.<group>`",
            );
        }
    }
}

/// The resources of pods that a scope of pods other than `BestEffort` can go with.
const OF_PODS: &[&str] =
    &["pods", "cpu", "memory", "limits.cpu", "limits.memory", "requests.cpu", "requests.memory"];
/// The resources that a scope of claims can go with.
const OF_CLAIMS: &[&str] = &["persistentvolumeclaims", "requests.storage"];
/// Scopes of which an object is in at most one.
const CONTRARY: &[(&str, &str)] =
    &[("BestEffort", "NotBestEffort"), ("Terminating", "NotTerminating")];

fn check_scopes(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let named: Vec<Node<'_>> = spec.items("scopes").collect();
    check_scope_list(cx, spec, &named, spec.place("scopes"));
    let Some(selector) = spec.object("scopeSelector") else { return };
    let requirements: Vec<Obj<'_>> = selector.objects("matchExpressions").collect();
    let named: Vec<Node<'_>> =
        requirements.iter().filter_map(|requirement| requirement.get("scopeName")).collect();
    check_scope_list(cx, spec, &named, selector.place("matchExpressions"));
    for requirement in requirements {
        check_scope_requirement(cx, requirement);
    }
}

/// Checks scopes against each other and against what is limited; the server names the whole list.
fn check_scope_list(cx: &mut Cx<'_>, spec: Obj<'_>, scopes: &[Node<'_>], list: Place) {
    let has = |scope: &str| scopes.iter().find(|node| node.str() == Some(scope));
    for (one, other) in CONTRARY {
        if let (Some(first), Some(_)) = (has(one), has(other)) {
            let message = format!("`{one}` and `{other}` contradict each other");
            cx.report(Reason::Invalid, list, message).related(first.id, "one is here");
        }
    }
    for node in scopes {
        let Some(scope) = node.str() else { continue };
        let allowed = match scope {
            "BestEffort" => &OF_PODS[..1],
            "CrossNamespacePodAffinity"
            | "NotBestEffort"
            | "NotTerminating"
            | "PriorityClass"
            | "Terminating" => OF_PODS,
            "VolumeAttributesClass" => OF_CLAIMS,
            _ => continue,
        };
        // What has a domain is limited whatever the scope.
        let mut limited = spec.object("hard").into_iter().flat_map(Obj::entries);
        let wrong = limited.find(|(key, _)| {
            let name = cx.tree.str(key.id);
            is_quota(name) && !allowed.contains(&name)
        });
        if let Some((key, _)) = wrong {
            let name = cx.tree.str(key.id);
            let message = format!("the scope `{scope}` has nothing to do with `{name}`");
            cx.report(Reason::Invalid, list, message).related(key.id, "it is limited here");
            return;
        }
    }
}

fn check_scope_requirement(cx: &mut Cx<'_>, requirement: Obj<'_>) {
    let Some(scope) = requirement.str("scopeName") else { return };
    let Some(operator) = requirement.str("operator") else { return };
    if !matches!(scope, "PriorityClass" | "VolumeAttributesClass") && operator != "Exists" {
        let message = format!("the scope `{scope}` has no values to compare");
        cx.report(Reason::Invalid, requirement.place("operator"), message).help("use `Exists`");
    } else if matches!(operator, "In" | "NotIn") && requirement.is_unset("values") {
        cx.required(requirement, "values", format!("operator `{operator}` needs values"));
    } else if matches!(operator, "Exists" | "DoesNotExist") && requirement.is_set("values") {
        let message = format!("operator `{operator}` takes no values");
        cx.report(Reason::Invalid, requirement.place("values"), message)
            .help("leave them out, or use `In` or `NotIn`");
    }
}
