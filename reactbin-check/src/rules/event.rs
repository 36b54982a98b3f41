//! Rules of Event, in the two groups that have it.

use super::Rule;
use crate::cx::{Cx, Node, Obj};
use crate::finding::{Reason, Severity};
use crate::formats::Format;

/// The rules of this file.
pub const RULES: &[Rule] = &[
    Rule {
        id: "event_namespace",
        on: "api.core.v1.Event api.events.v1.Event",
        severity: Severity::Error,
        waivable: false,
        what: "An Event is in the namespace of the object that it is about, and in `default` where that \
               has none.",
        source: "core: legacyValidateEvent",
        bad: "{apiVersion: v1, kind: Event, metadata: {name: a, namespace: b}, involvedObject: {kind: Pod, name: c, namespace: d}}",
        good: "{apiVersion: v1, kind: Event, metadata: {name: a, namespace: b}, involvedObject: {kind: Pod, name: c, namespace: b}}",
        check: Some(check_namespace),
    },
    Rule {
        id: "event_of_old_form",
        on: "api.events.v1.Event",
        severity: Severity::Error,
        waivable: false,
        what: "An Event of `events.k8s.io` is of the type `Normal` or `Warning`, has a series from the \
               second time on, and nothing in the fields of the old form.",
        source: "core: ValidateEventCreate, validateV1EventSeries",
        bad: "{apiVersion: events.k8s.io/v1, kind: Event, metadata: {name: a}, eventTime: \"2026-01-31T12:00:00.000000Z\", type: Normal, reason: r, action: b, reportingController: example.com/c, reportingInstance: d, deprecatedCount: 2}",
        good: "{apiVersion: events.k8s.io/v1, kind: Event, metadata: {name: a}, eventTime: \"2026-01-31T12:00:00.000000Z\", type: Normal, reason: r, action: b, reportingController: example.com/c, reportingInstance: d}",
        check: Some(check_form),
    },
    Rule {
        id: "event_reporter",
        on: "api.core.v1.Event api.events.v1.Event",
        severity: Severity::Error,
        waivable: false,
        what: "An Event with `eventTime` says what was done, why, and who says so, in few words.",
        source: "core: legacyValidateEvent",
        bad: "{apiVersion: v1, kind: Event, metadata: {name: a}, involvedObject: {kind: Pod, name: b}, eventTime: \"2026-01-31T12:00:00.000000Z\", reason: r, action: c, reportingInstance: d}",
        good: "{apiVersion: v1, kind: Event, metadata: {name: a}, involvedObject: {kind: Pod, name: b}, eventTime: \"2026-01-31T12:00:00.000000Z\", reason: r, action: c, reportingComponent: example.com/e, reportingInstance: d}",
        check: Some(check_reporter),
    },
];

fn is_new(cx: &Cx<'_>) -> bool {
    cx.kind.is_some_and(|kind| kind.group == "events.k8s.io")
}

/// Whether an Event is of the form that has the time of what it reports.
fn has_time(event: Obj<'_>) -> bool {
    event.get("eventTime").is_some_and(|node| !node.is_unknown())
}

fn check_namespace(cx: &mut Cx<'_>, event: Obj<'_>) {
    let about = if is_new(cx) { "regarding" } else { "involvedObject" };
    let Some(own) = event.object("metadata").and_then(|metadata| metadata.str("namespace")) else {
        return;
    };
    let Some(object) = event.object(about) else { return };
    let Some(namespace) = object.str_or("namespace", "") else { return };
    let timed = has_time(event);
    let fits = match namespace {
        "" => own == "default" || (timed && own == "kube-system"),
        namespace => timed || own == namespace,
    };
    if fits || own.is_empty() {
        return;
    }
    let (message, help) = match namespace {
        "" => (
            "what it is about has no namespace, but the Event is in one".to_owned(),
            "put the Event in `default`",
        ),
        namespace => (
            format!("what it is about is in `{namespace}`, but the Event is in `{own}`"),
            "put the Event in the same namespace",
        ),
    };
    cx.report(Reason::Invalid, object.place("namespace"), message).help(help);
}

fn check_form(cx: &mut Cx<'_>, event: Obj<'_>) {
    if event.str_or("type", "").is_some_and(|ty| !matches!(ty, "Normal" | "Warning")) {
        let message = "an Event is of the type `Normal` or `Warning`";
        cx.report(Reason::Invalid, event.place("type"), message).help("use `Normal` or `Warning`");
    }
    for field in ["deprecatedCount", "deprecatedFirstTimestamp", "deprecatedLastTimestamp"] {
        if event.is_set(field) {
            old_field(cx, event, field);
        }
    }
    if event.object("deprecatedSource").is_some_and(|s| s.is_set("component") || s.is_set("host")) {
        old_field(cx, event, "deprecatedSource");
    }
    let count = event.object("series").and_then(|series| series.get("count"));
    if let Some(count) = count.filter(|count| count.int().is_some_and(|count| count < 2)) {
        cx.invalid(count, "a series begins with the second Event").help("use a number from 2 on");
    }
}

fn old_field(cx: &mut Cx<'_>, event: Obj<'_>, field: &'static str) {
    let message = format!("{} is for Events of the old form", cx.f(field));
    cx.report(Reason::Invalid, event.place(field), message).help("leave it out");
}

fn check_reporter(cx: &mut Cx<'_>, event: Obj<'_>) {
    if !has_time(event) {
        return;
    }
    let (reporter, note) = match is_new(cx) {
        true => ("reportingController", "note"),
        false => ("reportingComponent", "message"),
    };
    for field in [reporter, "reportingInstance", "action", "reason"] {
        if event.is_unset(field) {
            let message = format!("an Event with {} needs {}", cx.f("eventTime"), cx.f(field));
            cx.required(event, field, message);
        }
    }
    if let Some(node) = event.get(reporter).filter(|node| !node.is_empty()) {
        cx.check_format(node, Format::LabelKey);
    }
    for (field, most) in
        [("reportingInstance", 128), ("action", 128), ("reason", 128), (note, 1024)]
    {
        let long = |node: &Node<'_>| node.str().is_some_and(|text| text.len() > most);
        if let Some(node) = event.get(field).filter(long) {
            cx.invalid(node, format!("{} has more than {most} bytes", cx.f(field)))
                .help(format!("write at most {most}"));
        }
    }
}
