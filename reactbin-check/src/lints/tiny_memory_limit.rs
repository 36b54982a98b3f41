//! A memory limit that lacks its unit.

use super::{Family, Level, Lint};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::quantity::Quantity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "tiny_memory_limit",
        on: "api.core.v1.ResourceRequirements",
        severity: Severity::Warning,
        waivable: true,
        what: "A container may use less than a mebibyte of memory.",
        source: "Kubernetes: Resource Management for Pods and Containers, memory resource units",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, resources: {limits: {memory: 512}}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, resources: {limits: {memory: 512Mi}}}]}}",
        check: Some(check),
    },
    level: Level::Warn,
    family: Family::RunTime,
    why: "A number without a unit is bytes. Nothing starts in so few: the container is killed \
          before it runs.",
    kube_linter: &[],
};

fn check(cx: &mut Cx<'_>, resources: Obj<'_>) {
    let Some(node) = resources.object("limits").and_then(|limits| limits.get("memory")) else {
        return;
    };
    let Some(bytes) = node.quantity().filter(|it| !it.is_negative()).map(Quantity::value) else {
        return;
    };
    if (1..1 << 20).contains(&bytes) {
        let text = node.value().plain();
        let number: String = text.chars().take_while(char::is_ascii_digit).collect();
        cx.invalid(node, format!("in `{text}` of memory nothing starts"))
            .help(format!("add a unit, such as `{number}Mi`"));
    }
}
