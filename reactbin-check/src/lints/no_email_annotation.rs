//! A workload without an address to write to.

use super::pods::{self, End};
use super::{Family, Level, Lint, off};
use crate::cx::{Cx, Node, Obj, Place};
use crate::finding::{Reason, Severity};
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "no_email_annotation",
        on: "",
        severity: Severity::Warning,
        waivable: true,
        what: "A workload has no annotation `email` with an address.",
        source: "kube-linter: required-annotation-email",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a, annotations: {email: shop@example.com}}, spec: {containers: [{name: a, image: i}]}}",
        check: Some(check),
    },
    level: Level::Allow,
    family: Family::Style,
    why: "Whoever sees it fail wants to know whom to ask.",
    kube_linter: &[off("required-annotation-email")],
};

fn check(cx: &mut Cx<'_>, root: Obj<'_>) {
    if !pods::runs_pods(cx) {
        return;
    }
    let message = "no annotation says whom to write to";
    let help = "add an annotation `email` with the address of whoever owns it";
    match pods::follow(root, &["metadata", "annotations"]) {
        End::Missing(missing) => {
            missing.report(cx, message).help(help);
        }
        End::There(node) => {
            let Some(annotations) = node.object() else { return };
            let is_email = |name: Node<'_>| name.str().is_some_and(|name| name.contains("email"));
            let has_address = |value: Node<'_>| value.str().is_none_or(has_address);
            if !annotations.entries().any(|(name, value)| is_email(name) && has_address(value)) {
                cx.report(Reason::Required, Place::Missing(node.id, "email"), message).help(help);
            }
        }
        End::Unknown => {}
    }
}

/// Whether an address stands somewhere in a text: a part before an `@`, and a domain with a dot.
fn has_address(text: &str) -> bool {
    let in_name = |c: char| c.is_ascii_alphanumeric() || "_.+-".contains(c);
    let in_domain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    text.match_indices('@').any(|(at, _)| {
        let (name, domain) = (&text[..at], &text[at + 1..]);
        let rest = domain.trim_start_matches(in_domain);
        name.ends_with(in_name)
            && rest.len() < domain.len()
            && rest
                .strip_prefix('.')
                .is_some_and(|rest| rest.starts_with(|c| in_domain(c) || c == '.'))
    })
}
