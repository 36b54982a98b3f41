//! Rules of Ingress and IngressClass: what a rule matches and where its traffic goes.

use super::Rule;
use crate::cx::{Cx, Obj, Place};
use crate::finding::{Reason, Severity};
use crate::formats::Format;

/// The rules of this file.
pub const RULES: &[Rule] = &[
    Rule {
        id: "ingress_class_conflict",
        on: "",
        severity: Severity::Error,
        waivable: false,
        what: "The old annotation of the class of an Ingress says the same as its field.",
        source: "networking: ValidateIngressCreate",
        bad: "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a, annotations: {kubernetes.io/ingress.class: traefik}}, spec: {ingressClassName: nginx, defaultBackend: {service: {name: a, port: {number: 80}}}}}",
        good: "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a}, spec: {ingressClassName: nginx, defaultBackend: {service: {name: a, port: {number: 80}}}}}",
        check: Some(check_class),
    },
    Rule {
        id: "ingress_class_parameters",
        on: "api.networking.v1.IngressClassParametersReference",
        severity: Severity::Error,
        waivable: false,
        what: "Parameters of an IngressClass name a namespace if, and only if, their scope is `Namespace`.",
        source: "networking: validateIngressClassParametersReference",
        bad: "{apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: {name: a}, spec: {controller: example.com/a, parameters: {kind: Config, name: c, scope: Namespace}}}",
        good: "{apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: {name: a}, spec: {controller: example.com/a, parameters: {kind: Config, name: c, scope: Namespace, namespace: n}}}",
        check: Some(check_parameters),
    },
    Rule {
        id: "ingress_path",
        on: "api.networking.v1.HTTPIngressPath",
        severity: Severity::Error,
        waivable: false,
        what: "A path is absolute and, unless the controller interprets it, has no `//`, `/./`, `/../` or \
               encoded slash; it may only be absent where the controller interprets it.",
        source: "networking: validateHTTPIngressPath",
        bad: "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a}, spec: {rules: [{http: {paths: [{path: api, pathType: Prefix, backend: {service: {name: a, port: {number: 80}}}}]}}]}}",
        good: "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a}, spec: {rules: [{http: {paths: [{path: /api, pathType: Prefix, backend: {service: {name: a, port: {number: 80}}}}]}}]}}",
        check: Some(check_path),
    },
    Rule {
        id: "ingress_resource_backend",
        on: "api.networking.v1.IngressBackend",
        severity: Severity::Error,
        waivable: false,
        what: "A backend that is another resource names its kind and name, and a group if it has one.",
        source: "networking: validateIngressTypedLocalObjectReference",
        bad: "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a}, spec: {defaultBackend: {resource: {kind: \"\", name: b}}}}",
        good: "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a}, spec: {defaultBackend: {resource: {kind: Bucket, name: b}}}}",
        check: Some(check_resource_backend),
    },
    Rule {
        id: "ingress_without_backend",
        on: "api.networking.v1.IngressSpec",
        severity: Severity::Error,
        waivable: false,
        what: "An Ingress has a rule or a default backend.",
        source: "networking: ValidateIngressSpec",
        bad: "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a}, spec: {ingressClassName: nginx}}",
        good: "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a}, spec: {ingressClassName: nginx, defaultBackend: {service: {name: a, port: {number: 80}}}}}",
        check: Some(check_backend_given),
    },
];

fn check_backend_given(cx: &mut Cx<'_>, spec: Obj<'_>) {
    if spec.is_unset("rules") && spec.is_absent("defaultBackend") {
        let (rules, backend) = (cx.f("rules"), cx.f("defaultBackend"));
        let message = format!("an Ingress needs {rules} or a {backend}");
        cx.report(Reason::Invalid, Place::Missing(spec.id, ""), message)
            .help(format!("add {rules}, or {backend} for all that comes in"));
    }
}

fn check_class(cx: &mut Cx<'_>, root: Obj<'_>) {
    if !cx.is_kind(&["Ingress"]) {
        return;
    }
    let annotations = root.at(&["metadata", "annotations"]);
    let Some(annotation) = annotations.and_then(|a| a.get("kubernetes.io/ingress.class")) else {
        return;
    };
    let Some(field) = root.object("spec").and_then(|spec| spec.get("ingressClassName")) else {
        return;
    };
    if let (Some(old), Some(new)) = (annotation.str(), field.str())
        && old != new
    {
        let message =
            format!("the annotation says `{old}`, and {} says `{new}`", cx.f("ingressClassName"));
        cx.invalid(annotation, message)
            .help("remove the annotation")
            .related(field.id, "the field is here");
    }
}

fn check_path(cx: &mut Cx<'_>, path: Obj<'_>) {
    let Some(kind) = path.str("pathType") else { return };
    let Some(text) = path.str_or("path", "") else { return };
    let interpreted = kind == "ImplementationSpecific";
    if text.is_empty() {
        if !interpreted {
            let message = format!("a path of the type `{kind}` can't be empty");
            cx.report(Reason::Invalid, path.place("path"), message)
                .help("write `/` for every path");
        }
        return;
    }
    let format = if interpreted { Format::AbsolutePath } else { Format::IngressPath };
    if let Err(violation) = format.check(text) {
        let help = match violation.fixed {
            Some(fixed) => format!("use `{fixed}`"),
            None => format!("write {}", format.describe()),
        };
        cx.report(Reason::Invalid, path.place("path"), violation.message).help(help);
    }
}

fn check_resource_backend(cx: &mut Cx<'_>, backend: Obj<'_>) {
    let Some(resource) = backend.object("resource") else { return };
    if let Some(group) = resource.get("apiGroup") {
        cx.check_format(group, Format::DnsSubdomain);
    }
    for field in ["kind", "name"] {
        let Some(node) = resource.get(field) else {
            if resource.is_absent(field) {
                cx.required(resource, field, format!("a backend needs {}", cx.f(field)));
            }
            continue;
        };
        match node.str() {
            Some("") => {
                cx.report(
                    Reason::Required,
                    Place::Value(node.id),
                    format!("{} is empty", cx.f(field)),
                );
            }
            Some(text) => {
                if let Err(violation) = Format::PathSegmentName.check(text) {
                    cx.invalid(node, violation.message);
                }
            }
            None => {}
        }
    }
}

fn check_parameters(cx: &mut Cx<'_>, parameters: Obj<'_>) {
    match parameters.str_or("scope", "Cluster") {
        Some("Namespace") if parameters.is_unset("namespace") => {
            let message = format!("{} `Namespace` needs {}", cx.f("scope"), cx.f("namespace"));
            cx.required(parameters, "namespace", message);
        }
        Some("Cluster") if parameters.get("namespace").is_some_and(|node| node.str().is_some()) => {
            let message =
                format!("{} can't be given when the scope is `Cluster`", cx.f("namespace"));
            let help = format!("remove it, or set {} to `Namespace`", cx.f("scope"));
            cx.forbidden(parameters, "namespace", message).help(help);
        }
        _ => {}
    }
}
