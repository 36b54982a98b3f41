//! A container that can forge packets.

use super::{Family, Level, Lint, on};
use crate::cx::{Cx, Obj};
use crate::finding::{Reason, Severity};
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "net_raw_kept",
        on: "api.core.v1.Capabilities",
        severity: Severity::Warning,
        waivable: true,
        what: "A container that chooses its capabilities keeps or adds `NET_RAW`.",
        source: "kube-linter: drop-net-raw-capability; capabilities(7)",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, securityContext: {capabilities: {drop: [CHOWN]}}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, securityContext: {capabilities: {drop: [ALL]}}}]}}",
        check: Some(check),
    },
    level: Level::Allow,
    family: Family::Security,
    why: "With it a program reads the packets of its neighbours and sends such as seem to be \
          theirs.",
    kube_linter: &[on("drop-net-raw-capability")],
};

fn check(cx: &mut Cx<'_>, capabilities: Obj<'_>) {
    let mut added = false;
    for node in capabilities.items("add").filter(|node| node.str().is_some_and(covers)) {
        added = true;
        let name = node.str().unwrap_or_default();
        cx.invalid(node, format!("`{name}` lets the container forge packets")).help("remove it");
    }
    if added || capabilities.has_unknown("drop") {
        return;
    }
    if !capabilities.items("drop").any(|node| node.str().is_some_and(covers)) {
        let message = "the container keeps `NET_RAW`, which lets it forge packets";
        let help = format!("add `ALL` to {}", cx.f("drop"));
        cx.report(Reason::Required, capabilities.place("drop"), message).help(help);
    }
}

/// Whether a capability is `NET_RAW`, in whatever spelling, or all of them.
fn covers(capability: &str) -> bool {
    capability.contains("NET_RAW") || capability.eq_ignore_ascii_case("all")
}
