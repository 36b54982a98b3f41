//! A pod that looks names up the long way.

use super::pods::{self, End};
use super::{Family, Level, Lint, off};
use crate::cx::{Cx, Node, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "dns_without_ndots",
        on: "",
        severity: Severity::Warning,
        waivable: true,
        what: "A pod doesn't set the DNS option `ndots` to 2.",
        source: "kube-linter: dnsconfig-options; Kubernetes: DNS for Services and Pods",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {dnsConfig: {options: [{name: ndots, value: \"2\"}]}, containers: [{name: a, image: i}]}}",
        check: Some(check),
    },
    level: Level::Allow,
    family: Family::Reliability,
    why: "With the usual 5, the name of a host outside is first looked up in every search domain \
          of the cluster.",
    kube_linter: &[off("dnsconfig-options")],
};

fn check(cx: &mut Cx<'_>, root: Obj<'_>) {
    let message = "the DNS option `ndots` isn't 2";
    let help = "add an option with the name `ndots` and the value `2`";
    match pods::find(cx, root, &["spec", "dnsConfig", "options"]) {
        End::Missing(missing) => {
            missing.report(cx, message).help(help);
        }
        End::There(options) if !options.is_unknown() && options.items().all(is_other) => {
            cx.invalid(options, message).help(help);
        }
        _ => {}
    }
}

/// Whether the option surely isn't `ndots: 2`.
fn is_other(option: Node<'_>) -> bool {
    let Some(option) = option.object() else { return false };
    let differs = |field, wanted| match option.get(field) {
        Some(node) => node.str().is_some_and(|text| text != wanted),
        None => option.is_absent(field),
    };
    differs("name", "ndots") || differs("value", "2")
}
