//! Rules of what is asked of the server rather than stored: whether somebody may do something.

use super::Rule;
use crate::cx::{Cx, Obj, Place};
use crate::finding::{Reason, Severity};

/// The rules of this file.
pub const RULES: &[Rule] = &[
    Rule {
        id: "access_review",
        on: "api.authorization.v1.SelfSubjectAccessReviewSpec api.authorization.v1.SubjectAccessReviewSpec",
        severity: Severity::Error,
        waivable: false,
        what: "A review asks for a resource or for a URL, and for whom if that isn't who asks.",
        source: "authorization: ValidateSubjectAccessReviewSpec, ValidateSelfSubjectAccessReviewSpec",
        bad: "{apiVersion: authorization.k8s.io/v1, kind: SelfSubjectAccessReview, spec: {}}",
        good: "{apiVersion: authorization.k8s.io/v1, kind: SelfSubjectAccessReview, spec: {nonResourceAttributes: {path: /healthz, verb: get}}}",
        check: Some(check_review),
    },
    Rule {
        id: "local_access_review",
        on: "",
        severity: Severity::Error,
        waivable: false,
        what: "A review for a namespace asks for a resource in it.",
        source: "authorization: ValidateLocalSubjectAccessReview",
        bad: "{apiVersion: authorization.k8s.io/v1, kind: LocalSubjectAccessReview, metadata: {namespace: m}, spec: {user: u, resourceAttributes: {namespace: other, verb: get, resource: pods}}}",
        good: "{apiVersion: authorization.k8s.io/v1, kind: LocalSubjectAccessReview, metadata: {namespace: m}, spec: {user: u, resourceAttributes: {namespace: m, verb: get, resource: pods}}}",
        check: Some(check_local),
    },
];

fn check_review(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let (resource, url) = ("resourceAttributes", "nonResourceAttributes");
    if spec.is_absent(resource) && spec.is_absent(url) {
        let message = format!("a review needs {} or {}", cx.f(resource), cx.f(url));
        cx.report(Reason::Invalid, spec.place(resource), message).help("say what is asked for");
    } else if spec.object(resource).is_some() && spec.object(url).is_some() {
        let message = format!("{} and {} can't both be given", cx.f(resource), cx.f(url));
        cx.report(Reason::Invalid, spec.key_place(url), message).help("make two reviews of it");
    }
    let own = cx.is_kind(&["SelfSubjectAccessReview"]);
    if !own && spec.is_unset("user") && spec.is_unset("groups") {
        let message = format!("a review needs {} or {}", cx.f("user"), cx.f("groups"));
        cx.report(Reason::Invalid, spec.place("user"), message).help("say for whom is asked");
    }
}

fn check_local(cx: &mut Cx<'_>, root: Obj<'_>) {
    let spec = root.object("spec").filter(|_| cx.is_kind(&["LocalSubjectAccessReview"]));
    let (Some(spec), Some(metadata)) = (spec, root.object("metadata")) else { return };
    if let Some(url) = spec.get("nonResourceAttributes").filter(|node| !node.is_unknown()) {
        cx.report(Reason::Invalid, Place::Value(url.id), "a URL is in no namespace")
            .help("use a SubjectAccessReview");
    }
    let Some(resource) = spec.object("resourceAttributes") else { return };
    let (Some(own), Some(other)) = (metadata.str("namespace"), resource.str_or("namespace", ""))
    else {
        return;
    };
    if own != other {
        let message = format!("the review is for the namespace `{own}`");
        cx.report(Reason::Invalid, resource.place("namespace"), message)
            .help(format!("use `{own}`"));
    }
}
