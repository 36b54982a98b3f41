//! Container: image, ports, environment, restart rules. Relations to the pod are in `pod.rs`.

use std::collections::BTreeMap;

use super::Rule;
use crate::cx::{Cx, Obj};
use crate::finding::{Reason, Severity};
use crate::formats::Format;
use crate::suggest::suggest;

/// The rules of this file.
pub const RULES: &[Rule] = &[
    Rule {
        id: "bidirectional_mount_without_privilege",
        on: "api.core.v1.Container",
        severity: Severity::Error,
        waivable: false,
        what: "Only a privileged container may pass its mounts on to the host.",
        source: "pkg/apis/core/validation: validateMountPropagation",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, volumeMounts: [{name: v, mountPath: /v, mountPropagation: Bidirectional}]}], volumes: [{name: v}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, volumeMounts: [{name: v, mountPath: /v, mountPropagation: HostToContainer}]}], volumes: [{name: v}]}}",
        check: Some(check_bidirectional_mount),
    },
    Rule {
        id: "duplicate_port_name",
        on: "api.core.v1.Container",
        severity: Severity::Error,
        waivable: false,
        what: "The ports of a container have different names.",
        source: "pkg/apis/core/validation: validateContainerPorts",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, ports: [{name: http, containerPort: 80}, {name: http, containerPort: 81}]}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, ports: [{name: http, containerPort: 80}, {name: admin, containerPort: 81}]}]}}",
        check: Some(check_duplicate_port_name),
    },
    Rule {
        id: "duplicate_resize_policy",
        on: "api.core.v1.Container",
        severity: Severity::Error,
        waivable: false,
        what: "A container has one resize policy for a resource.",
        source: "pkg/apis/core/validation: validateResizePolicy",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, resizePolicy: [{resourceName: cpu, restartPolicy: NotRequired}, {resourceName: cpu, restartPolicy: RestartContainer}]}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, resizePolicy: [{resourceName: cpu, restartPolicy: NotRequired}]}]}}",
        check: Some(check_duplicate_resize_policy),
    },
    Rule {
        id: "env_field_path",
        on: "api.core.v1.EnvVarSource",
        severity: Severity::Error,
        waivable: false,
        what: "A variable can hold the pod's name, namespace, uid, node, service account, addresses \
               or a single label or annotation.",
        source: "pkg/apis/core/validation: validateObjectFieldSelector, validEnvDownwardAPIFieldPathExpressions",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, env: [{name: X, valueFrom: {fieldRef: {fieldPath: metadata.labels}}}]}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, env: [{name: X, valueFrom: {fieldRef: {fieldPath: \"metadata.labels['app']\"}}}]}]}}",
        check: Some(check_env_field_path),
    },
    Rule {
        id: "env_value_and_source",
        on: "api.core.v1.EnvVar",
        severity: Severity::Error,
        waivable: false,
        what: "A variable has a value or a source of its value.",
        source: "pkg/apis/core/validation: validateEnvVarValueFrom",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, env: [{name: X, value: x, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, env: [{name: X, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]}]}}",
        check: Some(check_env_value_and_source),
    },
    Rule {
        id: "invalid_image",
        on: "api.core.v1.Container",
        severity: Severity::Error,
        waivable: true,
        what: "An image is a reference that a container runtime can pull: the API server takes any \
               text, and the pod waits in InvalidImageName.",
        source: "the distribution project's reference grammar",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: \"Nginx:1.27\"}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: \"nginx:1.27\"}]}}",
        check: Some(check_invalid_image),
    },
    Rule {
        id: "resource_field",
        on: "api.core.v1.ResourceFieldSelector",
        severity: Severity::Error,
        waivable: false,
        what: "A variable or file can hold a container's limit or request of cpu, memory, \
               ephemeral-storage or huge pages, in one of a few units.",
        source: "pkg/apis/core/validation: validateContainerResourceFieldSelector, validateContainerResourceDivisor",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, env: [{name: X, valueFrom: {resourceFieldRef: {resource: memory}}}]}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, env: [{name: X, valueFrom: {resourceFieldRef: {resource: limits.memory, divisor: 1Mi}}}]}]}}",
        check: Some(check_resource_field),
    },
    Rule {
        id: "restart_rules_without_policy",
        on: "api.core.v1.Container",
        severity: Severity::Error,
        waivable: false,
        what: "A container with restart rules says what happens where none of them applies.",
        source: "pkg/apis/core/validation: validateContainerRestartPolicy",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, restartPolicyRules: [{action: Restart, exitCodes: {operator: In, values: [42]}}]}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, restartPolicy: Never, restartPolicyRules: [{action: Restart, exitCodes: {operator: In, values: [42]}}]}]}}",
        check: Some(check_restart_rules_without_policy),
    },
];

fn check_bidirectional_mount(cx: &mut Cx<'_>, container: Obj<'_>) {
    let privileged = match container.object("securityContext") {
        Some(context) => context.bool_or("privileged", false),
        None => container.is_absent("securityContext").then_some(false),
    };
    if privileged != Some(false) {
        return;
    }
    for mount in container.objects("volumeMounts") {
        let Some(node) = mount.get("mountPropagation") else { continue };
        if node.str() != Some("Bidirectional") {
            continue;
        }
        let message = "`Bidirectional` mount propagation is for privileged containers";
        let help = format!(
            "use `HostToContainer`, or give the container {}",
            cx.set("privileged", "true")
        );
        cx.report(Reason::Forbidden, mount.place("mountPropagation"), message).help(help);
    }
}

fn check_duplicate_port_name(cx: &mut Cx<'_>, container: Obj<'_>) {
    let mut seen = BTreeMap::new();
    for node in container.objects("ports").filter_map(|port| port.get("name")) {
        let Some(name) = node.str().filter(|name| !name.is_empty()) else { continue };
        match seen.get(name) {
            Some(first) => {
                cx.duplicate(node, *first, format!("two ports are named `{name}`"))
                    .help("give each port a name of its own");
            }
            None => {
                seen.insert(name, node);
            }
        }
    }
}

fn check_duplicate_resize_policy(cx: &mut Cx<'_>, container: Obj<'_>) {
    let mut seen = BTreeMap::new();
    for node in container.objects("resizePolicy").filter_map(|policy| policy.get("resourceName")) {
        let Some(name) = node.str() else { continue };
        match seen.get(name) {
            Some(first) => {
                cx.duplicate(node, *first, format!("a second resize policy for `{name}`"));
            }
            None => {
                seen.insert(name, node);
            }
        }
    }
}

/// What a variable can hold of its pod.
const ENV_FIELDS: &[&str] = &[
    "metadata.name",
    "metadata.namespace",
    "metadata.uid",
    "spec.nodeName",
    "spec.serviceAccountName",
    "status.hostIP",
    "status.hostIPs",
    "status.podIP",
    "status.podIPs",
];

fn check_env_field_path(cx: &mut Cx<'_>, source: Obj<'_>) {
    check_field_path(cx, source, ENV_FIELDS);
}

/// Checks the path of `fieldRef` against those that can stand there; a single label or annotation
/// always can.
pub(super) fn check_field_path(cx: &mut Cx<'_>, holder: Obj<'_>, allowed: &'static [&'static str]) {
    let Some(node) = holder.object("fieldRef").and_then(|field| field.get("fieldPath")) else {
        return;
    };
    let Some(path) = node.str().filter(|path| !path.is_empty()) else { return };
    if let Some((field, key)) = path.strip_suffix("']").and_then(|path| path.split_once("['")) {
        let format = match field {
            "metadata.labels" => Format::LabelKey,
            "metadata.annotations" => Format::AnnotationKey,
            _ => {
                let message = format!("`{field}` has no keys");
                cx.invalid(node, message)
                    .help(format!(
                        "use `{field}`, `metadata.labels['key']` or `metadata.annotations['key']`"
                    ))
                    .path_of(holder.place("fieldRef"));
                return;
            }
        };
        if let Err(violation) = format.check(key) {
            cx.invalid(node, violation.message)
                .help(format!("write {} in the brackets", format.describe()))
                .path_of(holder.place("fieldRef"));
        }
        return;
    }
    if allowed.contains(&path) {
        return;
    }
    let message = format!("`{path}` isn't a field of the pod that can be read here");
    let draft = cx.not_supported(node, message);
    match path {
        "metadata.labels" | "metadata.annotations" => {
            draft.help(format!("name one of them: `{path}['key']`"))
        }
        _ => match suggest(path, allowed.iter().copied()) {
            Some(meant) => draft.help(format!("use `{meant}`")),
            None => draft.help(format!("use one of `{}`", allowed.join("`, `"))),
        },
    };
}

fn check_env_value_and_source(cx: &mut Cx<'_>, env: Obj<'_>) {
    let Some(value) = env.get("value") else { return };
    if !env.is_set("value") || env.get("valueFrom").is_none() {
        return;
    }
    let message = format!(
        "{} and {} can't both be given: a variable has one value",
        cx.f("value"),
        cx.f("valueFrom")
    );
    let place = env.key_place("valueFrom");
    cx.report(Reason::Invalid, place, message)
        .help("leave one of them out")
        .related(value.id, "the other one is here");
}

fn check_invalid_image(cx: &mut Cx<'_>, container: Obj<'_>) {
    let Some(node) = container.get("image") else { return };
    let Some(image) = node.str().filter(|image| !image.is_empty()) else { return };
    // The API server itself refuses this one.
    if cx.is_kind(&["Pod"]) && image.trim() != image {
        return;
    }
    cx.check_format(node, Format::ImageReference);
}

const FIELD_RESOURCES: &[&str] = &[
    "limits.cpu",
    "limits.memory",
    "limits.ephemeral-storage",
    "requests.cpu",
    "requests.memory",
    "requests.ephemeral-storage",
];

/// The units in which an amount other than of cpu can be read, in canonical form.
const DIVISORS: &[&str] =
    &["0", "1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"];

fn check_resource_field(cx: &mut Cx<'_>, selector: Obj<'_>) {
    let Some(node) = selector.get("resource") else { return };
    let Some(resource) = node.str().filter(|resource| !resource.is_empty()) else { return };
    let huge =
        resource.starts_with("limits.hugepages-") || resource.starts_with("requests.hugepages-");
    if !huge && !FIELD_RESOURCES.contains(&resource) {
        let message = format!("`{resource}` isn't an amount that can be read here");
        let draft = cx.not_supported(node, message);
        match resource {
            "cpu" | "memory" | "ephemeral-storage" => {
                draft.help(format!("use `limits.{resource}` or `requests.{resource}`"))
            }
            _ => match suggest(resource, FIELD_RESOURCES.iter().copied()) {
                Some(meant) => draft.help(format!("use `{meant}`")),
                None => draft.help(format!("use one of `{}`", FIELD_RESOURCES.join("`, `"))),
            },
        };
        return;
    }
    let Some(divisor) = selector.get("divisor") else { return };
    let Some(text) = divisor.quantity().map(|quantity| quantity.to_string()) else { return };
    let (allowed, units): (&[&str], &str) = match resource {
        "limits.cpu" | "requests.cpu" => (&["0", "1m", "1"], "`1` or `1m`"),
        _ => (DIVISORS, "`1`, or `1` with one of the suffixes `k M G T P E Ki Mi Gi Ti Pi Ei`"),
    };
    if !allowed.contains(&text.as_str()) {
        let message = format!("`{resource}` can't be read in units of `{text}`");
        cx.invalid(divisor, message).help(format!("use {units}"));
    }
}

fn check_restart_rules_without_policy(cx: &mut Cx<'_>, container: Obj<'_>) {
    if container.is_set("restartPolicyRules") && container.is_absent("restartPolicy") {
        let message = format!(
            "missing field {}: what happens where none of the rules applies",
            cx.f("restartPolicy")
        );
        let help = format!("add {}: `Always`, `OnFailure` or `Never`", cx.f("restartPolicy"));
        cx.required(container, "restartPolicy", message).help(help);
    }
}
