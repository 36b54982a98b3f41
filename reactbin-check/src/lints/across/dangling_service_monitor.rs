//! A ServiceMonitor for no Services.

use std::sync::Arc;

use super::fact::Needs;
use super::key::number;
use super::labels::{Asked, Selector};
use super::part::Part;
use super::query::Search;
use super::subject::Sort;
use super::{Across, Ask, Asking};
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

pub(super) const ACROSS: Across = Across { lint: &LINT, needs: Needs::SERVICE_LABELS, ask };

fn ask(asking: &mut Asking<'_, '_>) {
    let Some(monitor) = asking.sort(Sort::ServiceMonitor) else { return };
    let Some(wanted) = Wanted::of(asking) else { return };
    let (selector_field, labels_field, namespaces_field) =
        (asking.f("selector"), asking.f("matchLabels"), asking.f("namespaceSelector"));
    let (message, condition) = match wanted {
        Wanted::Refused => (
            format!("{selector_field} is none that the API server accepts"),
            Search::Anything.found(),
        ),
        Wanted::Nothing => (
            format!("neither {labels_field} nor {namespaces_field} says which Services are meant"),
            Search::Anything.found(),
        ),
        Wanted::Services { namespaces, selector } => (
            format!("no Service has the labels of {selector_field}"),
            Search::Services { namespaces, selector }.missing(),
        ),
    };
    asking.ask(Ask {
        place: monitor.spec_place("selector"),
        path: "spec.selector".to_owned(),
        reason: Reason::NotFound,
        message,
        help: format!("use the labels of a Service in {labels_field}"),
        condition,
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
    fn of(asking: &Asking<'_, '_>) -> Option<Wanted> {
        let spec = asking.subject.spec;
        let namespaces = spec.part("namespaceSelector");
        let any = namespaces.flag("any")?;
        let names: Option<Vec<&str>> =
            namespaces.list("matchNames")?.map(|name| name.str()).collect();
        let names = names?;
        let selector = spec.part("selector");
        let labelled = match selector.part("matchLabels") {
            Part::Unknown => return None,
            Part::Absent => false,
            Part::Known(labels) => !labels.node().is_empty(),
        };
        if !labelled && !any && names.is_empty() {
            return Some(Wanted::Nothing);
        }
        let selector = match asking.subject.selector() {
            Asked::Unknown => return None,
            Asked::Refused => return Some(Wanted::Refused),
            Asked::Known(selector) => selector.clone(),
        };
        let number_of = |name: &&str| number(&[name]);
        let namespaces = match (any, names.as_slice(), asking.subject.namespace?) {
            (true, _, _) | (_, [], "") => None,
            // Those that don't say their namespace may be of the monitor's.
            (_, [], own) => Some([own, ""].iter().map(number_of).collect()),
            (_, names, _) => Some(names.iter().map(number_of).collect()),
        };
        Some(Wanted::Services { namespaces, selector })
    }
}
