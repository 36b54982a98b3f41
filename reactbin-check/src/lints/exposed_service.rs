//! A Service that everyone can reach.

use super::{Family, Level, Lint, off};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "exposed_service",
        on: "api.core.v1.ServiceSpec",
        severity: Severity::Warning,
        waivable: true,
        what: "A Service is of the type `NodePort` or `LoadBalancer`.",
        source: "kube-linter: exposed-services; Kubernetes: Service, publishing Services",
        bad: "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {type: NodePort, ports: [{port: 80}]}}",
        good: "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {type: ClusterIP, ports: [{port: 80}]}}",
        check: Some(check),
    },
    level: Level::Allow,
    family: Family::Security,
    why: "It is reached from outside of the cluster, past the Ingress and what that checks.",
    kube_linter: &[off("exposed-services")],
};

fn check(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let Some(node) = spec.get("type") else { return };
    let Some(ty) = node.str() else { return };
    if ["NodePort", "LoadBalancer"].iter().any(|exposed| ty.eq_ignore_ascii_case(exposed)) {
        cx.invalid(
            node,
            format!("a Service of the type `{ty}` is reached from outside of the cluster"),
        )
        .help("use `ClusterIP`, behind an Ingress");
    }
}
