//! Requests and limits: of a container, and of a pod as a whole. Names and signs are data.

use super::Rule;
use super::pod::{containers, is_sidecar};
use crate::cx::{Cx, Node, Obj, Place};
use crate::finding::{Reason, Severity};
use crate::formats::Format;
use crate::quantity::Quantity;
use crate::suggest::suggest;
use crate::tree::Value;

/// The rules of this file.
pub const RULES: &[Rule] = &[
    Rule {
        id: "container_limit_above_pod_limit",
        on: "api.core.v1.PodSpec",
        severity: Severity::Error,
        waivable: false,
        what: "No container has a higher limit than its pod.",
        source: "pkg/apis/core/validation: validatePodResourceConsistency",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {resources: {limits: {cpu: 1}}, containers: [{name: a, image: i, resources: {limits: {cpu: 2}}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {resources: {limits: {cpu: 2}}, containers: [{name: a, image: i, resources: {limits: {cpu: 2}}}]}}",
        check: Some(check_container_limit),
    },
    Rule {
        id: "extended_resource",
        on: "api.core.v1.ResourceRequirements",
        severity: Severity::Error,
        waivable: false,
        what: "What a node can't share out twice, huge pages and extended resources, has a limit, and \
               a request that equals it.",
        source: "pkg/apis/core/validation: ValidateContainerResourceRequirements",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, resources: {requests: {example.com/gpu: 1}}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, resources: {limits: {example.com/gpu: 1}}}]}}",
        check: Some(check_extended_resource),
    },
    Rule {
        id: "fractional_bytes",
        on: "api.core.v1.ResourceRequirements",
        severity: Severity::Error,
        waivable: true,
        what: "Memory and storage are whole bytes: `100m` of memory is a tenth of a byte, and \
               `100Mi` is meant.",
        source: "pkg/api/pod: warningsForPodSpecAndMeta",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, resources: {limits: {memory: 100m}}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, resources: {limits: {memory: 100Mi}}}]}}",
        check: Some(check_fractional_bytes),
    },
    Rule {
        id: "fractional_extended_resource",
        on: "api.core.v1.ResourceRequirements",
        severity: Severity::Error,
        waivable: false,
        what: "Extended resources come in whole numbers, huge pages in multiples of their size.",
        source: "pkg/apis/core/validation: ValidateResourceQuantityValue, IsHugePageResourceValueDivisible",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, resources: {limits: {example.com/gpu: 500m}}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, resources: {limits: {example.com/gpu: 1}}}]}}",
        check: Some(check_fractional_extended_resource),
    },
    Rule {
        id: "huge_pages_alone",
        on: "api.core.v1.Container",
        severity: Severity::Error,
        waivable: false,
        what: "A container with huge pages asks for cpu or memory as well.",
        source: "pkg/apis/core/validation: ValidateContainerResourceRequirements",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, resources: {limits: {hugepages-2Mi: 2Mi}}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, resources: {limits: {hugepages-2Mi: 2Mi, memory: 1Gi}}}]}}",
        check: Some(check_huge_pages_alone),
    },
    Rule {
        id: "pod_huge_pages_below_containers",
        on: "api.core.v1.PodSpec",
        severity: Severity::Error,
        waivable: false,
        what: "A pod may have at least the huge pages that its containers may have together.",
        source: "pkg/apis/core/validation: validatePodResourceConsistency",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {resources: {limits: {hugepages-2Mi: 4Mi, memory: 1Gi}}, containers: [{name: a, image: i, resources: {limits: {hugepages-2Mi: 4Mi, memory: 1Mi}}}, {name: b, image: i, resources: {limits: {hugepages-2Mi: 4Mi, memory: 1Mi}}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {resources: {limits: {hugepages-2Mi: 8Mi, memory: 1Gi}}, containers: [{name: a, image: i, resources: {limits: {hugepages-2Mi: 4Mi, memory: 1Mi}}}, {name: b, image: i, resources: {limits: {hugepages-2Mi: 4Mi, memory: 1Mi}}}]}}",
        check: Some(check_huge_pages_of_pod),
    },
    Rule {
        id: "pod_request_below_containers",
        on: "api.core.v1.PodSpec",
        severity: Severity::Error,
        waivable: false,
        what: "A pod requests at least what its containers request together.",
        source: "pkg/apis/core/validation: validatePodResourceConsistency",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {resources: {requests: {cpu: 1}}, containers: [{name: a, image: i, resources: {requests: {cpu: 2}}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {resources: {requests: {cpu: 2}}, containers: [{name: a, image: i, resources: {requests: {cpu: 2}}}]}}",
        check: Some(check_pod_request),
    },
    Rule {
        id: "pod_resource_name",
        on: "api.core.v1.PodSpec",
        severity: Severity::Error,
        waivable: false,
        what: "Of a pod as a whole only cpu, memory and huge pages can be given, and no claims.",
        source: "pkg/apis/core/validation: validatePodResources",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {resources: {limits: {ephemeral-storage: 1Gi}}, containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {resources: {limits: {memory: 1Gi}}, containers: [{name: a, image: i}]}}",
        check: Some(check_pod_resource_name),
    },
    Rule {
        id: "request_above_limit",
        on: "api.core.v1.ResourceRequirements",
        severity: Severity::Error,
        waivable: false,
        what: "Nothing is requested beyond its limit.",
        source: "pkg/apis/core/validation: ValidateContainerResourceRequirements",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, resources: {requests: {cpu: 2}, limits: {cpu: 1500m}}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, resources: {requests: {cpu: 1}, limits: {cpu: 1500m}}}]}}",
        check: Some(check_request_above_limit),
    },
    Rule {
        id: "repeated_resource_claim",
        on: "api.core.v1.ResourceRequirements",
        severity: Severity::Error,
        waivable: false,
        what: "A container takes a claim as a whole, or some of the claim's requests.",
        source: "pkg/apis/core/validation: validateResourceClaimNames",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {resourceClaims: [{name: gpu, resourceClaimName: c}], containers: [{name: a, image: i, resources: {claims: [{name: gpu}, {name: gpu, request: r}]}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {resourceClaims: [{name: gpu, resourceClaimName: c}], containers: [{name: a, image: i, resources: {claims: [{name: gpu, request: q}, {name: gpu, request: r}]}}]}}",
        check: Some(check_repeated_claim),
    },
    Rule {
        id: "unknown_resource_claim",
        on: "api.core.v1.PodSpec",
        severity: Severity::Error,
        waivable: false,
        what: "A container's claims are among its pod's.",
        source: "pkg/apis/core/validation: validatePodResourceClaimNames",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, resources: {claims: [{name: gpu}]}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {resourceClaims: [{name: gpu, resourceClaimName: c}], containers: [{name: a, image: i, resources: {claims: [{name: gpu}]}}]}}",
        check: Some(check_unknown_claim),
    },
];

/// The amounts of a list of resources: name and value.
fn amounts<'t>(
    resources: Obj<'t>,
    field: &'static str,
) -> impl Iterator<Item = (&'t str, Node<'t>)> {
    resources
        .object(field)
        .into_iter()
        .flat_map(Obj::entries)
        .filter_map(|(key, value)| key.str().map(|name| (name, value)))
}

fn amount(resources: Obj<'_>, field: &str, name: &str) -> Option<Quantity> {
    resources.object(field)?.get(name)?.quantity()
}

fn is_huge_pages(name: &str) -> bool {
    name.starts_with("hugepages-")
}

/// Whether a name stands for something that a device plugin or an operator added to the nodes.
fn is_extended(name: &str) -> bool {
    name.contains('/') && !name.contains("kubernetes.io/")
}

/// Whether a resource is counted in whole numbers because it is an extended one, wherever it is
/// counted: the `requests.` of a quota is no part of a resource's name.
pub(super) fn is_counted(name: &str) -> bool {
    is_extended(name)
        && !name.starts_with("requests.")
        && Format::LabelKey.check(&format!("requests.{name}")).is_ok()
}

/// Whether a node can share out more of a resource than it has.
pub(super) fn is_overcommitted(name: &str) -> bool {
    !is_extended(name) && !is_huge_pages(name)
}

fn check_request_above_limit(cx: &mut Cx<'_>, resources: Obj<'_>) {
    for (name, request) in amounts(resources, "requests") {
        let (Some(requested), Some(limit)) =
            (request.quantity(), amount(resources, "limits", name))
        else {
            continue;
        };
        if requested > limit && !is_huge_pages(name) && !is_extended(name) {
            let related =
                resources.object("limits").and_then(|limits| limits.get(name)).map(|node| node.id);
            let message =
                format!("a request of `{requested}` {name} is above the limit of `{limit}`");
            let draft = cx.invalid(request, message);
            draft.help(format!("request at most `{limit}`, or raise the limit"));
            if let Some(limit) = related {
                draft.related(limit, "the limit is here");
            }
        }
    }
}

fn check_extended_resource(cx: &mut Cx<'_>, resources: Obj<'_>) {
    let exact = |name: &&str| is_huge_pages(name) || is_extended(name);
    for (name, request) in amounts(resources, "requests").filter(|(name, _)| exact(name)) {
        if resources.has_unknown("limits") {
            return;
        }
        let Some(requested) = request.quantity() else { continue };
        match amount(resources, "limits", name) {
            None => {
                let message = format!("`{name}` needs a limit: a node can't share it out twice");
                let help = format!("add `{name}` to {}", cx.f("limits"));
                cx.report(Reason::Required, resources.place("limits"), message).help(help);
            }
            Some(limit) if limit != requested => {
                let message = format!(
                    "a request of `{requested}` {name} isn't the limit of `{limit}`: a node can't share it out twice"
                );
                cx.invalid(request, message)
                    .help(format!("use `{limit}`, or leave the request out"));
            }
            Some(_) => {}
        }
    }
}

fn check_fractional_bytes(cx: &mut Cx<'_>, resources: Obj<'_>) {
    for field in ["limits", "requests"] {
        for (name, node) in amounts(resources, field) {
            if !matches!(name, "memory" | "ephemeral-storage") {
                continue;
            }
            if node.quantity().is_some_and(|quantity| !quantity.is_integer()) {
                let text = node.str().unwrap_or_default();
                let message = format!("`{text}` of {name} is a fraction of a byte");
                match text.strip_suffix('m') {
                    Some(number) => {
                        cx.invalid(node, message).help(format!("use `{number}Mi` for mebibytes"))
                    }
                    None => cx
                        .invalid(node, message)
                        .help("use a whole number of bytes, such as `100Mi`"),
                };
            }
        }
    }
}

fn check_fractional_extended_resource(cx: &mut Cx<'_>, resources: Obj<'_>) {
    for field in ["limits", "requests"] {
        for (name, node) in amounts(resources, field) {
            let Some(quantity) = node.quantity().filter(|quantity| !quantity.is_negative()) else {
                continue;
            };
            if is_extended(name) && !quantity.is_integer() {
                cx.invalid(node, format!("`{name}` comes in whole numbers, not `{quantity}`"))
                    .help("use a whole number, such as `1`");
                continue;
            }
            let Some(size) = name.strip_prefix("hugepages-") else { continue };
            let Some(size) = Quantity::parse(size).ok().filter(|size| !size.is_zero()) else {
                continue;
            };
            if quantity.nanos() % size.nanos() != 0 {
                cx.invalid(
                    node,
                    format!("`{quantity}` isn't a multiple of the page size, `{size}`"),
                );
            }
        }
    }
}

fn check_huge_pages_alone(cx: &mut Cx<'_>, container: Obj<'_>) {
    let Some(resources) = container.object("resources") else { return };
    let mut huge = false;
    for (name, _) in amounts(resources, "limits").chain(amounts(resources, "requests")) {
        if matches!(name, "cpu" | "memory") {
            return;
        }
        huge |= is_huge_pages(name);
    }
    if huge && !resources.has_unknown("limits") && !resources.has_unknown("requests") {
        let message = "huge pages need cpu or memory beside them";
        cx.report(Reason::Forbidden, container.place("resources"), message)
            .help("add a limit or request of `memory`");
    }
}

fn check_unknown_claim(cx: &mut Cx<'_>, spec: Obj<'_>) {
    if spec.has_unknown("resourceClaims") {
        return;
    }
    let names: Vec<&str> =
        spec.objects("resourceClaims").filter_map(|claim| claim.str("name")).collect();
    for claim in containers(spec)
        .filter_map(|container| container.object("resources"))
        .flat_map(|r| r.objects("claims"))
    {
        let Some(node) = claim.get("name") else { continue };
        let Some(name) = node.str().filter(|name| !name.is_empty() && !names.contains(name)) else {
            continue;
        };
        let help = match suggest(name, names.iter().copied()) {
            Some(meant) => format!("use `{meant}`"),
            None => format!("declare it in {} of the pod", cx.f("resourceClaims")),
        };
        cx.report(
            Reason::NotFound,
            Place::Value(node.id),
            format!("`{name}` isn't a claim of this pod"),
        )
        .help(help);
    }
}

fn check_repeated_claim(cx: &mut Cx<'_>, resources: Obj<'_>) {
    let mut seen: Vec<(&str, &str, Node<'_>)> = Vec::new();
    for claim in resources.objects("claims") {
        let (Some(node), Some(request)) = (claim.get("name"), claim.str_or("request", "")) else {
            continue;
        };
        // A name that stands twice is known all the same: an apply may be waived, this isn't.
        let Value::Str(name) = cx.tree.get(node.id) else { continue };
        // Two that agree in both are the structure's business.
        let first = seen.iter().find(|(other, part, _)| {
            !name.is_empty()
                && *other == name
                && *part != request
                && (part.is_empty() || request.is_empty())
        });
        if let Some((_, _, first)) = first {
            cx.duplicate(node, *first, format!("the whole of the claim `{name}` and a part of it"))
                .path_of(Place::Value(claim.id));
        }
        seen.push((name, request, node));
    }
}

fn check_pod_resource_name(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let Some(resources) = spec.object("resources") else { return };
    if resources.is_set("claims") {
        let help = format!("give it to a container's {}", cx.f("resources"));
        cx.forbidden(resources, "claims", "a pod as a whole can't take claims").help(help);
    }
    for list in ["limits", "requests"].into_iter().filter_map(|field| resources.object(field)) {
        for (key, _) in list.entries() {
            let Some(name) = key.str() else { continue };
            if matches!(name, "cpu" | "memory") || is_huge_pages(name) {
                continue;
            }
            let message = format!("`{name}` can't be given for a pod as a whole");
            cx.report(Reason::NotSupported, Place::Key(key.id), message)
                .help("give it to a container; a pod takes `cpu`, `memory` and huge pages");
        }
    }
}

/// What a container requests; in a pod, but not in a template, its limit where it doesn't say.
fn request(container: Obj<'_>, name: &str, filled_in: bool) -> Option<i128> {
    let Some(resources) = container.object("resources") else {
        return container.is_absent("resources").then_some(0);
    };
    if resources.has_unknown("requests") || resources.has_unknown("limits") {
        return None;
    }
    let limit = || amount(resources, "limits", name).filter(|_| filled_in);
    Some(amount(resources, "requests", name).or_else(limit).map_or(0, Quantity::nanos))
}

/// What the containers of a pod have at the moment that they have most: while they run, or while an
/// init container runs beside the sidecars before it. `None` where that isn't known.
fn aggregate(spec: Obj<'_>, of: impl Fn(Obj<'_>) -> Option<i128>) -> Option<i128> {
    let mut sidecars = 0;
    let mut most = 0;
    for container in spec.objects("initContainers") {
        let own = of(container)?;
        match is_sidecar(container)? {
            true => sidecars += own,
            false => most = most.max(sidecars + own),
        }
    }
    let mut running = sidecars;
    for container in spec.objects("containers") {
        running += of(container)?;
    }
    Some(most.max(running))
}

fn aggregate_request(spec: Obj<'_>, name: &str, filled_in: bool) -> Option<i128> {
    aggregate(spec, |container| request(container, name, filled_in))
}

/// The huge pages that the containers may have, which they share with nothing else.
fn check_huge_pages_of_pod(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let Some(resources) = spec.object("resources") else { return };
    for (name, node) in amounts(resources, "limits").filter(|(name, _)| is_huge_pages(name)) {
        let Some(limit) = node.quantity() else { continue };
        // A container whose own limit is above the pod's has broken another rule.
        let of = |container: Obj<'_>| {
            if container.has_unknown("resources") {
                return None;
            }
            let own = container.object("resources").and_then(|own| amount(own, "limits", name));
            Some(own.map_or(0, Quantity::nanos)).filter(|own| *own <= limit.nanos())
        };
        let sum = aggregate(spec, of);
        if sum.is_some_and(|sum| sum > limit.nanos()) {
            let message = format!("the containers together may have more {name} than the pod");
            cx.invalid(node, message).help("raise the pod's limit, or lower the containers'");
        }
    }
}

fn check_pod_request(cx: &mut Cx<'_>, spec: Obj<'_>) {
    // The server fills in what a pod requests, and not what the pods of a template will.
    let filled_in = cx.is_kind(&["Pod"]);
    check_requests(cx, spec, filled_in);
}

/// Reports a pod that requests less than its containers, once what isn't given is filled in.
pub(super) fn check_requests(cx: &mut Cx<'_>, spec: Obj<'_>, filled_in: bool) {
    let Some(resources) = spec.object("resources") else { return };
    let help = "raise the pod's, or lower the containers' requests";
    for (name, node) in amounts(resources, "requests") {
        let Some(quantity) = node.quantity() else { continue };
        if aggregate_request(spec, name, filled_in).is_some_and(|needed| needed > quantity.nanos())
        {
            let message =
                format!("the containers together request more {name} than the pod's `{quantity}`");
            cx.invalid(node, message).help(help);
        }
    }
    if !filled_in {
        return;
    }
    // Where the pod requests nothing, it requests what its containers do.
    for (name, node) in amounts(resources, "limits") {
        let own = resources.object("requests").is_some_and(|requests| !requests.is_absent(name));
        let Some(limit) = node.quantity().filter(|_| !own && !is_huge_pages(name)) else {
            continue;
        };
        // A container that has a limit above the pod's has broken another rule.
        let alone = containers(spec)
            .filter_map(|container| amount(container.object("resources")?, "limits", name))
            .any(|own| own > limit);
        if !alone
            && aggregate_request(spec, name, true).is_some_and(|needed| needed > limit.nanos())
        {
            let message = format!(
                "the containers together request more {name} than the pod's limit of `{limit}`"
            );
            cx.invalid(node, message).help(help).path_of(Place::Missing(resources.id, "requests"));
        }
    }
}

fn check_container_limit(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let Some(pod) = spec.object("resources") else { return };
    for (name, most) in amounts(pod, "limits") {
        let Some(limit) = most.quantity() else { continue };
        for resources in containers(spec).filter_map(|container| container.object("resources")) {
            let Some(node) = resources.object("limits").and_then(|limits| limits.get(name)) else {
                continue;
            };
            if let Some(own) = node.quantity().filter(|own| *own > limit) {
                let message = format!("a limit of `{own}` {name} is above the pod's of `{limit}`");
                cx.invalid(node, message)
                    .help(format!("use at most `{limit}`, or raise the pod's limit"))
                    .related(most.id, "the pod's limit is here");
            }
        }
    }
}
