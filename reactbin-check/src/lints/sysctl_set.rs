//! A pod that sets kernel parameters.

use super::{Family, Level, Lint, on};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "sysctl_set",
        on: "api.core.v1.Sysctl",
        severity: Severity::Warning,
        waivable: true,
        what: "A pod sets a kernel parameter of shared memory, messages or the network.",
        source: "kube-linter: unsafe-sysctls; Kubernetes: Using sysctls in a Kubernetes Cluster",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {securityContext: {sysctls: [{name: net.core.somaxconn, value: \"1024\"}]}, containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {securityContext: {sysctls: []}, containers: [{name: a, image: i}]}}",
        check: Some(check),
    },
    level: Level::Allow,
    family: Family::Security,
    why: "What they change goes beyond one program, and some of them beyond one pod.",
    kube_linter: &[on("unsafe-sysctls")],
};

const PREFIXES: &[&str] = &["kernel.msg", "kernel.sem", "kernel.shm", "fs.mqueue.", "net."];

fn check(cx: &mut Cx<'_>, sysctl: Obj<'_>) {
    let Some(node) = sysctl.get("name") else { return };
    let Some(name) = node.str() else { return };
    if PREFIXES.iter().any(|prefix| name.starts_with(prefix)) {
        cx.invalid(node, format!("`{name}` is a parameter of the kernel")).help("remove it");
    }
}
