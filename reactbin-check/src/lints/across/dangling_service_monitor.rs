//! A ServiceMonitor for no Services.

use std::sync::Arc;

use super::fact::Needs;
use super::key::place;
use super::labels::{Asked, Selector};
use super::part::Part;
use super::query::Search;
use super::subject::{Sort, Subject};
use super::{Across, Asking, Text};
use crate::finding::{Reason, Severity};
use crate::lints::{Family, Level, Lint, off};
use crate::rules::Rule;

pub(in crate::lints) static LINT: Lint = Lint {
    rule: Rule {
        id: "dangling_service_monitor",
        on: "",
        severity: Severity::Warning,
        waivable: true,
        what: "A ServiceMonitor selects a Service.",
        source: "Prometheus Operator: API reference, ServiceMonitor; kube-linter: dangling-servicemonitor",
        bad: "{apiVersion: monitoring.coreos.com/v1, kind: ServiceMonitor, metadata: {name: a}, spec: {selector: {matchLabels: {app: b}}, endpoints: [{port: http}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: a, labels: {app: a}}, spec: {selector: {app: a}, ports: [{name: http, port: 80}]}}",
        good: "{apiVersion: monitoring.coreos.com/v1, kind: ServiceMonitor, metadata: {name: a}, spec: {selector: {matchLabels: {app: a}}, endpoints: [{port: http}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: a, labels: {app: a}}, spec: {selector: {app: a}, ports: [{name: http, port: 80}]}}",
        check: None,
    },
    level: Level::Allow,
    family: Family::References,
    why: "Nothing is measured. The labels are those of the Service itself, not of its pods.",
    kube_linter: &[off("dangling-servicemonitor")],
};

pub(super) const ACROSS: Across =
    Across { lint: &LINT, of: &[Sort::ServiceMonitor], needs: Needs::SERVICE_LABELS, ask };

fn ask(asking: &mut Asking<'_, '_>) {
    let monitor = asking.subject;
    let Some(wanted) = Wanted::of(monitor) else { return };
    let [selector, labels, namespaces] =
        ["selector", "matchLabels", "namespaceSelector"].map(|field| asking.f(field));
    let refused = matches!(wanted, Wanted::Refused);
    let (condition, searched) = match wanted {
        Wanted::Refused | Wanted::Nothing => (Search::Anything.found(), false),
        Wanted::Services { namespaces, selector } => {
            (Search::Services { namespaces, selector }.missing(), true)
        }
    };
    asking.ask(monitor.spot("selector"), Reason::NotFound, condition, move || Text {
        path: "spec.selector".to_owned(),
        message: match (refused, searched) {
            (true, _) => format!("{selector} is none that the API server accepts"),
            (_, true) => format!("no Service has the labels of {selector}"),
            (_, false) => {
                format!("neither {labels} nor {namespaces} says which Services are meant")
            }
        },
        help: format!("use the labels of a Service in {labels}"),
    });
}

/// Which Services a ServiceMonitor means.
enum Wanted {
    Refused,
    Nothing,
    Services { namespaces: Option<Box<[u64]>>, selector: Arc<Selector> },
}

impl Wanted {
    /// `None` where it isn't known.
    fn of(monitor: &Subject<'_>) -> Option<Wanted> {
        let namespaces = monitor.spec.part("namespaceSelector");
        let any = namespaces.flag("any")?;
        let names: Option<Vec<&str>> =
            namespaces.list("matchNames")?.map(|name| name.str()).collect();
        let names = names?;
        let labelled = match monitor.spec.part("selector").part("matchLabels") {
            Part::Unknown => return None,
            Part::Absent => false,
            Part::Known(labels) => !labels.node().is_empty(),
        };
        if !labelled && !any && names.is_empty() {
            return Some(Wanted::Nothing);
        }
        let selector = match monitor.selector() {
            Asked::Unknown => return None,
            Asked::Refused => return Some(Wanted::Refused),
            Asked::Known(selector) => selector.clone(),
        };
        let namespaces = match (any, names.as_slice(), monitor.namespace?) {
            (true, _, _) | (_, [], "") => None,
            // Those that don't say their namespace may be of the monitor's.
            (_, [], own) => Some([own, ""].map(place).into()),
            (_, names, _) => Some(names.iter().map(|name| place(name)).collect()),
        };
        Some(Wanted::Services { namespaces, selector })
    }
}
