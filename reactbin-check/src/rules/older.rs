//! What the API server of this version accepts and those of versions still in use refuse.
//!
//! Only demands that were relaxed: a field that older versions don't have isn't looked for.

use super::Rule;
use crate::cx::{Cx, Node, Obj};
use crate::finding::Severity;
use crate::formats::Format;

/// The rules of this file.
pub const RULES: &[Rule] = &[
    Rule {
        id: "older_env_name",
        on: "api.core.v1.EnvVar",
        severity: Severity::Warning,
        waivable: true,
        what: "Kubernetes before 1.34 can refuse the name of an environment variable with anything but \
               letters, digits, `-`, `_` and `.`, or with a digit at its start.",
        source: "apimachinery: util/validation.IsEnvVarName; the gate RelaxedEnvironmentVariableValidation",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, env: [{name: 1A, value: v}]}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, env: [{name: A1, value: v}]}]}}",
        check: Some(check_env_name),
    },
    Rule {
        id: "older_search_domain",
        on: "api.core.v1.PodDNSConfig",
        severity: Severity::Warning,
        waivable: true,
        what: "Kubernetes before 1.34 can refuse a search domain with `_` in it, and `.` alone.",
        source: "core: validatePodDNSConfig; the gate RelaxedDNSSearchValidation",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {dnsConfig: {searches: [_tcp.example.com]}, containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {dnsConfig: {searches: [tcp.example.com]}, containers: [{name: a, image: i}]}}",
        check: Some(check_searches),
    },
    Rule {
        id: "older_service_name",
        on: "",
        severity: Severity::Warning,
        waivable: true,
        what: "Kubernetes before 1.36 refuses the name of a Service that starts with a digit.",
        source: "apimachinery: util/validation.IsDNS1035Label; the gate RelaxedServiceNameValidation",
        bad: "{apiVersion: v1, kind: Service, metadata: {name: 1-api}, spec: {ports: [{port: 80}]}}",
        good: "{apiVersion: v1, kind: Service, metadata: {name: api-1}, spec: {ports: [{port: 80}]}}",
        check: Some(check_service_name),
    },
];

fn refused(cx: &mut Cx<'_>, node: Node<'_>, version: &str, format: Format, text: &str) {
    let help = match format.check(text).err().and_then(|violation| violation.fixed) {
        Some(fixed) => format!("use `{fixed}` if the cluster can be older"),
        None => format!("write {} if the cluster can be older", format.describe()),
    };
    cx.invalid(node, format!("`{text}` can be refused by Kubernetes before {version}")).help(help);
}

fn check_env_name(cx: &mut Cx<'_>, env: Obj<'_>) {
    let Some(node) = env.get("name") else { return };
    let Some(name) = node.str().filter(|name| Format::EnvName.check(name).is_ok()) else { return };
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.".contains(&b);
    let starts_well = !name.starts_with(|c: char| c.is_ascii_digit()) && !name.starts_with("..") && name != ".";
    if !starts_well || !name.bytes().all(plain) {
        refused(cx, node, "1.34", Format::CIdentifier, name);
    }
}

fn check_searches(cx: &mut Cx<'_>, config: Obj<'_>) {
    for node in config.items("searches") {
        let Some(text) = node.str().filter(|text| Format::DnsSearch.check(text).is_ok()) else { continue };
        if Format::DnsSubdomain.check(text.strip_suffix('.').unwrap_or(text)).is_err() {
            refused(cx, node, "1.34", Format::DnsSubdomain, text);
        }
    }
}

fn check_service_name(cx: &mut Cx<'_>, root: Obj<'_>) {
    let metadata = root.object("metadata").filter(|_| cx.is_kind(&["Service"]));
    let Some(node) = metadata.and_then(|metadata| metadata.get("name")) else { return };
    let Some(name) = node.str().filter(|name| Format::DnsLabel.check(name).is_ok()) else { return };
    if Format::Dns1035Label.check(name).is_err() {
        refused(cx, node, "1.36", Format::Dns1035Label, name);
    }
}
