//! An image that is another one tomorrow.

use super::{Family, Level, Lint, on};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "latest_tag",
        on: "api.core.v1.Container api.core.v1.EphemeralContainer",
        severity: Severity::Warning,
        waivable: true,
        what: "An image has the tag `latest`, or none, which means the same.",
        source: "kube-linter: latest-tag; Kubernetes: Images",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: \"nginx:latest\"}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: \"nginx:1.27.3\"}]}}",
        check: Some(check),
    },
    level: Level::Warn,
    family: Family::Reliability,
    why: "Two pods of one workload may run different programs, and there is nothing to roll back \
          to.",
    kube_linter: &[on("latest-tag")],
};

fn check(cx: &mut Cx<'_>, container: Obj<'_>) {
    let Some(node) = container.get("image") else {
        if cx.raw && container.is_absent("image") {
            cx.required(container, "image", "the container has no image");
        }
        return;
    };
    let Some(image) = node.str() else { return };
    let message = match tag(image) {
        Some("latest") => format!("`{image}` is another image tomorrow"),
        Some(_) => return,
        None => format!("`{image}` has no tag, which means `latest`"),
    };
    cx.invalid(node, message).help("write the tag of a release, or a digest");
}

/// The tag or digest of an image: what stands behind the last `:`, unless a path does.
fn tag(image: &str) -> Option<&str> {
    let (_, tag) = image.rsplit_once(':')?;
    // The port of a registry; a `/` at the very end is no path.
    let is_path = tag.split_once('/').is_some_and(|(_, path)| !path.is_empty());
    (!is_path).then_some(tag)
}
