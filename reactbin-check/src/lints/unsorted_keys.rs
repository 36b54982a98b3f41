//! Keys in the order in which they came to mind.

use super::{Family, Level, Lint, off};
use crate::cx::{Cx, Node, Obj, Place};
use crate::finding::{Reason, Severity};
use crate::naming::Naming;
use crate::rules::Rule;
use crate::tree::Value;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "unsorted_keys",
        on: super::ANY_KIND,
        severity: Severity::Warning,
        waivable: true,
        what: "The keys of a map aren't in the order of the alphabet.",
        source: "kube-linter: sorted-keys",
        bad: "{kind: ConfigMap, apiVersion: v1, metadata: {name: a}}",
        good: "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}",
        check: Some(check),
    },
    level: Level::Allow,
    family: Family::Style,
    why: "Two who write the same object write it differently.",
    kube_linter: &[off("sorted-keys")],
};

fn check(cx: &mut Cx<'_>, root: Obj<'_>) {
    // What is declared in Rust is written in the order of Kubernetes' types, whatever its own.
    if cx.naming == Naming::Camel {
        check_node(cx, root.node());
    }
}

fn check_node(cx: &mut Cx<'_>, node: Node<'_>) {
    for item in node.items() {
        check_node(cx, item);
    }
    if !matches!(node.value(), Value::Map(_)) {
        return;
    }
    let Some(map) = node.object() else { return };
    let mut last = "";
    let mut found = false;
    for (key, value) in map.entries() {
        let name = key.str().unwrap_or_default();
        if name < last && !found {
            found = true;
            cx.report(
                Reason::Invalid,
                Place::Key(key.id),
                format!("`{name}` comes before `{last}`"),
            )
            .help(format!("move it before `{last}`"));
        }
        last = name;
        check_node(cx, value);
    }
}
