//! Probes and lifecycle handlers. Which containers may have them is a matter of the pod.

use super::Rule;
use super::pod::is_sidecar;
use crate::cx::{Cx, Node, Obj, Place};
use crate::finding::{Reason, Severity};
use crate::suggest::suggest;

/// The rules of this file.
pub const RULES: &[Rule] = &[
    Rule {
        id: "probe_on_init_container",
        on: "api.core.v1.PodSpec",
        severity: Severity::Error,
        waivable: false,
        what: "An init container runs to its end, so it has neither probes nor lifecycle handlers; \
               only one with `restartPolicy: Always`, a sidecar, may.",
        source: "pkg/apis/core/validation: validateInitContainers",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {initContainers: [{name: b, image: i, livenessProbe: {tcpSocket: {port: 80}}}], containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {initContainers: [{name: b, image: i, restartPolicy: Always, livenessProbe: {tcpSocket: {port: 80}}}], containers: [{name: a, image: i}]}}",
        check: Some(check_probe_on_init_container),
    },
    Rule {
        id: "readiness_grace_period",
        on: "api.core.v1.Container",
        severity: Severity::Error,
        waivable: false,
        what: "A readiness probe ends no container, so it has no grace period.",
        source: "pkg/apis/core/validation: validateReadinessProbe",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, readinessProbe: {tcpSocket: {port: 80}, terminationGracePeriodSeconds: 5}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, livenessProbe: {tcpSocket: {port: 80}, terminationGracePeriodSeconds: 5}}]}}",
        check: Some(check_readiness_grace_period),
    },
    Rule {
        id: "sleep_beyond_grace_period",
        on: "api.core.v1.PodSpec",
        severity: Severity::Error,
        waivable: false,
        what: "A sleep handler ends within the pod's grace period, which is 30 seconds by default.",
        source: "pkg/apis/core/validation: validateSleepAction",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, lifecycle: {preStop: {sleep: {seconds: 60}}}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {terminationGracePeriodSeconds: 90, containers: [{name: a, image: i, lifecycle: {preStop: {sleep: {seconds: 60}}}}]}}",
        check: Some(check_sleep_beyond_grace_period),
    },
    Rule {
        id: "success_threshold",
        on: "api.core.v1.Container",
        severity: Severity::Error,
        waivable: false,
        what: "One success is enough for a liveness or startup probe.",
        source: "pkg/apis/core/validation: validateLivenessProbe, validateStartupProbe",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, livenessProbe: {tcpSocket: {port: 80}, successThreshold: 2}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, readinessProbe: {tcpSocket: {port: 80}, successThreshold: 2}}]}}",
        check: Some(check_success_threshold),
    },
    Rule {
        id: "unknown_port_name",
        on: "api.core.v1.Container",
        severity: Severity::Error,
        waivable: true,
        what: "A probe or handler that names a port names one of its container's: the API server \
               doesn't look, and the probe fails for ever.",
        source: "pkg/probe: ResolveContainerPort",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, ports: [{name: http, containerPort: 80}], livenessProbe: {httpGet: {port: htpp}}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, ports: [{name: http, containerPort: 80}], livenessProbe: {httpGet: {port: http}}}]}}",
        check: Some(check_unknown_port_name),
    },
];

const PROBES: [&str; 3] = ["livenessProbe", "readinessProbe", "startupProbe"];

fn check_probe_on_init_container(cx: &mut Cx<'_>, spec: Obj<'_>) {
    for container in spec.objects("initContainers") {
        if is_sidecar(container) != Some(false) {
            continue;
        }
        for field in PROBES.into_iter().chain(["lifecycle"]) {
            if container.get(field).is_none() {
                continue;
            }
            let message =
                format!("an init container can't have {}: it runs to its end", cx.f(field));
            let help = format!(
                "leave it out, or make the container a sidecar: {}",
                cx.set("restartPolicy", "Always")
            );
            cx.forbidden(container, field, message).help(help);
        }
    }
}

fn check_readiness_grace_period(cx: &mut Cx<'_>, container: Obj<'_>) {
    let Some(probe) = container.object("readinessProbe") else { return };
    let Some(node) = probe.get("terminationGracePeriodSeconds") else { return };
    if node.is_unknown() {
        return;
    }
    let message = format!(
        "a readiness probe can't have {}: it ends no container",
        cx.f("terminationGracePeriodSeconds")
    );
    cx.report(Reason::Invalid, probe.key_place("terminationGracePeriodSeconds"), message)
        .help("leave it out; liveness and startup probes may have it");
}

fn check_sleep_beyond_grace_period(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let Some(grace) = spec.int_or("terminationGracePeriodSeconds", 30) else { return };
    for container in super::pod::containers(spec) {
        for handler in ["postStart", "preStop"] {
            let Some(sleep) = container.at(&["lifecycle", handler, "sleep"]) else { continue };
            let Some(node) = sleep.get("seconds") else { continue };
            let Some(seconds) = node.int() else { continue };
            if seconds < 0 {
                cx.invalid(node, format!("can't sleep for `{seconds}` seconds"));
            } else if seconds > grace {
                let message = format!(
                    "a sleep of {seconds} seconds is longer than the pod's grace period of {grace}"
                );
                let help = format!("raise {} of the pod", cx.f("terminationGracePeriodSeconds"));
                cx.invalid(node, message).help(help);
            }
        }
    }
}

fn check_success_threshold(cx: &mut Cx<'_>, container: Obj<'_>) {
    for (field, what) in [("livenessProbe", "liveness"), ("startupProbe", "startup")] {
        let Some(probe) = container.object(field) else { continue };
        let Some(node) = probe.get("successThreshold") else { continue };
        // 0 stands for the default.
        if node.int().is_some_and(|count| count != 0 && count != 1) {
            let message = format!("{} of a {what} probe must be 1", cx.f("successThreshold"));
            cx.invalid(node, message).help("use `1`, or leave it out");
        }
    }
}

fn check_unknown_port_name(cx: &mut Cx<'_>, container: Obj<'_>) {
    if container.has_unknown("ports") {
        return;
    }
    let handlers = PROBES.into_iter().filter_map(|field| container.object(field)).chain(
        ["postStart", "preStop"]
            .into_iter()
            .filter_map(|field| container.at(&["lifecycle", field])),
    );
    for handler in handlers {
        for action in ["httpGet", "tcpSocket"].into_iter().filter_map(|field| handler.object(field))
        {
            if let Some(port) = action.get("port") {
                report_unknown_name(cx, container, port);
            }
        }
    }
}

/// Reports the name of a port that no port of the container has. The lints of probes do so in the
/// same words, which are told once.
pub(crate) fn report_unknown_name(cx: &mut Cx<'_>, container: Obj<'_>, port: Node<'_>) -> bool {
    let names = || {
        let names = container.objects("ports").filter_map(|port| port.str("name"));
        names.filter(|name| !name.is_empty())
    };
    let Some(name) = port.str().filter(|name| !names().any(|other| other == *name)) else {
        return false;
    };
    let help = match suggest(name, names()) {
        Some(meant) => format!("use `{meant}`"),
        None if names().next().is_none() => {
            format!("name a port in {}, or use its number", cx.f("ports"))
        }
        None => format!("use one of `{}`", names().collect::<Vec<_>>().join("`, `")),
    };
    let message = format!("no port of this container is named `{name}`");
    cx.report(Reason::NotFound, Place::Value(port.id), message).help(help);
    true
}
