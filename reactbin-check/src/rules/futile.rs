//! What the API server accepts and what then doesn't do what its author meant: matters of which
//! one can't be sure, so that they are warnings.

use super::Rule;
use super::resources::check_requests;
use crate::cx::{Cx, Node, Obj, Place};
use crate::finding::{Reason, Severity};
use crate::formats::Format;
use crate::suggest::suggest;

/// The rules of this file.
pub const RULES: &[Rule] = &[
    Rule {
        id: "autoscaler_without_range",
        on: "api.autoscaling.v1.HorizontalPodAutoscalerSpec api.autoscaling.v2.HorizontalPodAutoscalerSpec",
        severity: Severity::Warning,
        waivable: true,
        what: "An autoscaler whose least and greatest number of replicas are the same never scales.",
        source: "Kubernetes: Horizontal Pod Autoscaling",
        bad: "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: a}, spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: d}, minReplicas: 3, maxReplicas: 3}}",
        good: "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: a}, spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: d}, minReplicas: 3, maxReplicas: 6}}",
        check: Some(check_autoscaler),
    },
    Rule {
        id: "budget_without_number",
        on: "",
        severity: Severity::Warning,
        waivable: true,
        what: "A disruption budget says how many pods must stay or may go.",
        source: "policy: ValidatePodDisruptionBudgetSpec accepts neither",
        bad: "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: a}, spec: {selector: {matchLabels: {app: a}}}}",
        good: "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: a}, spec: {minAvailable: 1, selector: {matchLabels: {app: a}}}}",
        check: Some(check_budget),
    },
    Rule {
        id: "name_not_label",
        on: "",
        severity: Severity::Warning,
        waivable: true,
        what: "The name of what runs pods becomes their hostname, for which it should be a DNS label.",
        source: "core, apps, batch: the warnings of each kind's strategy",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a.b}, spec: {containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a-b}, spec: {containers: [{name: a, image: i}]}}",
        check: Some(check_name),
    },
    Rule {
        id: "pods_beyond_their_limit",
        on: "api.core.v1.PodTemplateSpec",
        severity: Severity::Warning,
        waivable: true,
        what: "The pods of a template request no more than they may: what a container doesn't request is \
               filled in from its limit, and what the pod doesn't from its containers, once there are \
               pods.",
        source: "core: defaultPodRequests, which a template doesn't have; validatePodResourceConsistency",
        bad: "{apiVersion: v1, kind: PodTemplate, metadata: {name: a}, template: {spec: {resources: {limits: {cpu: 1}}, containers: [{name: a, image: i, resources: {requests: {cpu: 2}}}]}}}",
        good: "{apiVersion: v1, kind: PodTemplate, metadata: {name: a}, template: {spec: {resources: {limits: {cpu: 2}}, containers: [{name: a, image: i, resources: {requests: {cpu: 2}}}]}}}",
        check: Some(check_template_requests),
    },
    Rule {
        id: "port_name_of_two_containers",
        on: "api.core.v1.PodSpec",
        severity: Severity::Warning,
        waivable: true,
        what: "The ports of a pod's containers have names of their own: a Service or a probe that names \
               one otherwise means only one of them.",
        source: "core: the warnings of GetWarningsForPod",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, ports: [{name: web, containerPort: 80}]}, {name: b, image: i, ports: [{name: web, containerPort: 81}]}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, ports: [{name: web, containerPort: 80}]}, {name: b, image: i, ports: [{name: admin, containerPort: 81}]}]}}",
        check: Some(check_port_names),
    },
    Rule {
        id: "stateful_set_without_service",
        on: "api.apps.v1.StatefulSetSpec",
        severity: Severity::Warning,
        waivable: true,
        what: "The pods of a StatefulSet have names in DNS only by its Service.",
        source: "Kubernetes: StatefulSets, stable network id",
        bad: "{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: a}, spec: {selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}}}",
        good: "{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: a}, spec: {serviceName: a, selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}}}",
        check: Some(check_service),
    },
    Rule {
        id: "unknown_verb",
        on: "api.rbac.v1.PolicyRule",
        severity: Severity::Warning,
        waivable: true,
        what: "A verb that no request has grants nothing.",
        source: "Kubernetes: Authorization, request verbs",
        bad: "{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: a}, rules: [{apiGroups: [\"\"], resources: [pods], verbs: [gett]}]}",
        good: "{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: a}, rules: [{apiGroups: [\"\"], resources: [pods], verbs: [get]}]}",
        check: Some(check_verbs),
    },
];

fn check_autoscaler(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let (least, most) = (spec.int_or("minReplicas", 1), spec.int("maxReplicas"));
    if least.is_some() && least == most {
        let message = format!(
            "{} and {} are the same, so nothing is scaled",
            cx.f("minReplicas"),
            cx.f("maxReplicas")
        );
        cx.report(Reason::Invalid, spec.place("maxReplicas"), message)
            .help("write a greater number");
    }
}

fn check_budget(cx: &mut Cx<'_>, root: Obj<'_>) {
    let spec = root.object("spec").filter(|_| cx.is_kind(&["PodDisruptionBudget"]));
    let Some(spec) = spec else { return };
    if spec.is_absent("minAvailable") && spec.is_absent("maxUnavailable") {
        let message =
            format!("a budget needs {} or {}", cx.f("minAvailable"), cx.f("maxUnavailable"));
        let help = format!("add `{}: 1`", cx.naming.name("maxUnavailable"));
        cx.report(Reason::Required, Place::Missing(spec.id, "minAvailable"), message).help(help);
    }
}

fn check_template_requests(cx: &mut Cx<'_>, template: Obj<'_>) {
    if let Some(spec) = template.object("spec") {
        check_requests(cx, spec, true);
    }
}

fn check_port_names(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let mut names: Vec<(&str, Node<'_>, usize)> = Vec::new();
    for (index, container) in spec.objects("containers").enumerate() {
        for node in container.objects("ports").filter_map(|port| port.get("name")) {
            let Some(name) = node.str().filter(|name| !name.is_empty()) else { continue };
            match names.iter().find(|(other, _, _)| *other == name) {
                Some((_, first, other)) if *other != index => {
                    cx.duplicate(
                        node,
                        *first,
                        format!("another container has a port `{name}` too"),
                    )
                    .help("use another name");
                }
                Some(_) => {}
                None => names.push((name, node, index)),
            }
        }
    }
}

fn check_name(cx: &mut Cx<'_>, root: Obj<'_>) {
    const KINDS: &[&str] = &[
        "CronJob",
        "DaemonSet",
        "Deployment",
        "Job",
        "Pod",
        "ReplicaSet",
        "ReplicationController",
    ];
    let metadata = root.object("metadata").filter(|_| cx.is_kind(KINDS));
    let Some(node) = metadata.and_then(|metadata| metadata.get("name")) else { return };
    let Some(name) = node.str().filter(|name| Format::DnsSubdomain.check(name).is_ok()) else {
        return;
    };
    if let Err(violation) = Format::DnsLabel.check(name) {
        let help = match violation.fixed {
            Some(fixed) => format!("use `{fixed}`"),
            None => format!("write {}", Format::DnsLabel.describe()),
        };
        cx.invalid(
            node,
            format!("`{name}` becomes a hostname, for which it should be a DNS label"),
        )
        .help(help);
    }
}

fn check_service(cx: &mut Cx<'_>, spec: Obj<'_>) {
    if spec.is_unset("serviceName") {
        let message = format!("without {} the pods have no names in DNS", cx.f("serviceName"));
        let help = format!(
            "add `{}: \u{2026}` with the name of a headless Service",
            cx.naming.name("serviceName")
        );
        cx.required(spec, "serviceName", message).help(help);
    }
}

/// The verbs of requests, and those that Kubernetes itself asks for beyond requests.
const VERBS: &[&str] = &[
    "*",
    "approve",
    "attest",
    "bind",
    "create",
    "delete",
    "deletecollection",
    "escalate",
    "get",
    "head",
    "impersonate",
    "list",
    "options",
    "patch",
    "post",
    "put",
    "request-serviceaccounts-token-audience",
    "sign",
    "update",
    "use",
    "watch",
];

fn check_verbs(cx: &mut Cx<'_>, rule: Obj<'_>) {
    for node in rule.items("verbs") {
        let Some(verb) = node.str().filter(|verb| !verb.is_empty() && !VERBS.contains(verb)) else {
            continue;
        };
        // Other programs ask for verbs of their own; what is near one of Kubernetes' is a mistake.
        let Some(meant) = suggest(verb, VERBS.iter().copied()) else { continue };
        cx.not_supported(node, format!("no request has the verb `{verb}`"))
            .help(format!("use `{meant}`"));
    }
}
