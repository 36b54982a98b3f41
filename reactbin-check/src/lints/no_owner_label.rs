//! A workload that nobody owns.

use super::pods::{self, End};
use super::{Family, Level, Lint, off};
use crate::cx::{Cx, Node, Obj, Place};
use crate::finding::{Reason, Severity};
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "no_owner_label",
        on: "",
        severity: Severity::Warning,
        waivable: true,
        what: "A workload has no label `owner`.",
        source: "kube-linter: required-label-owner",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a, labels: {owner: shop}}, spec: {containers: [{name: a, image: i}]}}",
        check: Some(check),
    },
    level: Level::Allow,
    family: Family::Style,
    why: "Whoever sees it fail, or pays for it, wants to know whose it is.",
    kube_linter: &[off("required-label-owner")],
};

fn check(cx: &mut Cx<'_>, root: Obj<'_>) {
    if !pods::runs_pods(cx) {
        return;
    }
    let message = "no label says whose it is";
    let help = "add a label `owner` with the name of the team";
    match pods::follow(root, &["metadata", "labels"]) {
        End::Missing(missing) => {
            missing.report(cx, message).help(help);
        }
        End::There(node) => {
            let Some(labels) = node.object() else { return };
            let is_owner = |name: Node<'_>| name.str().is_some_and(|name| name.contains("owner"));
            if !labels.entries().any(|(name, _)| is_owner(name)) {
                cx.report(Reason::Required, Place::Missing(node.id, "owner"), message).help(help);
            }
        }
        End::Unknown => {}
    }
}
