//! A pod on its node's network that asks for the cluster's names.

use super::{Family, Level, Lint};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "cluster_dns_on_host_network",
        on: "api.core.v1.PodSpec",
        severity: Severity::Warning,
        waivable: true,
        what: "A pod on its node's network asks for `dnsPolicy: ClusterFirst`, which it doesn't \
               get.",
        source: "Kubernetes: DNS for Services and Pods, Pod's DNS Policy",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {hostNetwork: true, dnsPolicy: ClusterFirst, containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {hostNetwork: true, dnsPolicy: ClusterFirstWithHostNet, containers: [{name: a, image: i}]}}",
        check: Some(check),
    },
    level: Level::Warn,
    family: Family::RunTime,
    why: "The kubelet gives such a pod its node's DNS instead, which doesn't know the names of \
          Services.",
    kube_linter: &[],
};

fn check(cx: &mut Cx<'_>, spec: Obj<'_>) {
    if spec.bool("hostNetwork") != Some(true) {
        return;
    }
    if let Some(policy) = spec.get("dnsPolicy").filter(|node| node.str() == Some("ClusterFirst")) {
        let message =
            format!("a pod with {} gets its node's DNS all the same", cx.f("hostNetwork"));
        cx.invalid(policy, message).help("use `ClusterFirstWithHostNet`");
    }
}
