//! What the API server accepts and what then goes wrong in the cluster: each can be waived.
//!
//! Those that belong to one area of PodSpec stand there.

use super::Rule;
use crate::cx::{Cx, Obj};
use crate::finding::Severity;

/// The rules of this file.
pub const RULES: &[Rule] = &[Rule {
    id: "plaintext_secret",
    on: "api.core.v1.Secret",
    severity: Severity::Error,
    waivable: true,
    what: "A Secret's values aren't written into a manifest, where everyone who reads it reads them.",
    source: "Kubernetes: Good practices for Kubernetes Secrets",
    bad: "{apiVersion: v1, kind: Secret, metadata: {name: a}, stringData: {password: hunter2}}",
    good: "{apiVersion: v1, kind: Secret, metadata: {name: a}}",
    check: Some(check_plaintext),
}, Rule {
    id: "run_as_root",
    on: "api.core.v1.PodSecurityContext api.core.v1.SecurityContext",
    severity: Severity::Error,
    waivable: true,
    what: "A container that says outright that it runs as root needs a reason: root in a container is \
               root on the node once it gets out.",
    source: "Kubernetes: Pod Security Standards, restricted",
    bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, securityContext: {runAsUser: 0}}]}}",
    good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, securityContext: {runAsUser: 1000}}]}}",
    check: Some(check_root),
}];

fn check_plaintext(cx: &mut Cx<'_>, secret: Obj<'_>) {
    for field in ["data", "stringData"] {
        let Some(values) = secret.object(field) else { continue };
        for (key, value) in values.entries() {
            if value.str().is_none_or(str::is_empty) {
                continue;
            }
            let key = cx.tree.str(key.id);
            cx.invalid(value, format!("the value of `{key}` is written out in a manifest")).help(
                "let something else fill the Secret, such as a VaultStaticSecret, and refer to that",
            );
        }
    }
}

fn check_root(cx: &mut Cx<'_>, context: Obj<'_>) {
    if let Some(node) = context.get("runAsUser").filter(|node| node.int() == Some(0)) {
        let message = format!("{} 0 is root", cx.f("runAsUser"));
        cx.invalid(node, message).help("use a user id above 0 that the image is made for");
        return;
    }
    if let Some(node) = context.get("runAsNonRoot").filter(|node| node.bool() == Some(false)) {
        let message = format!("{} `false` lets the image run as root", cx.f("runAsNonRoot"));
        cx.invalid(node, message)
            .help("use `true`, with a user id above 0 that the image is made for");
    }
}
