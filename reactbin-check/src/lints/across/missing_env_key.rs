//! A variable whose value is of a ConfigMap or Secret that nothing declares.

use super::fact::Needs;
use super::key::{Key, number};
use super::part::Part;
use super::query::Search;
use super::subject::Sort;
use super::{Across, Asking, Spot, Text};
use crate::finding::{Reason, Severity};
use crate::lints::{Family, Level, Lint, off};
use crate::rules::Rule;

pub(in crate::lints) static LINT: Lint = Lint {
    rule: Rule {
        id: "missing_env_key",
        on: "api.core.v1.EnvVarSource",
        severity: Severity::Warning,
        waivable: true,
        what: "The key of a ConfigMap or Secret that a variable takes its value from is declared.",
        source: "Kubernetes: Configure a Pod to Use a ConfigMap; kube-linter: env-value-from",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, env: [{name: A, valueFrom: {configMapKeyRef: {name: a, key: b}}}]}]}}
---
{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {a: \"1\"}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, env: [{name: A, valueFrom: {configMapKeyRef: {name: a, key: a}}}]}]}}
---
{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {a: \"1\"}}",
        check: None,
    },
    level: Level::Allow,
    family: Family::References,
    why: "The container waits for it and doesn't start. It may well come from elsewhere, such as a \
          Secret that nobody commits.",
    kube_linter: &[off("env-value-from")],
};

pub(super) const ACROSS: Across =
    Across { lint: &LINT, of: &[Sort::Workload], needs: Needs::SOURCES, ask };

/// The fields that name a key, and the kind of which.
const SOURCES: &[(&str, &str)] = &[("configMapKeyRef", "ConfigMap"), ("secretKeyRef", "Secret")];

fn ask(asking: &mut Asking<'_, '_>) {
    let Some(pod) = asking.subject.pod else { return };
    let pod_place = pod.place();
    for (list, place, container) in pod.containers() {
        for (variable_place, variable) in container.items("env").enumerate() {
            let source = Part::of(variable).part("valueFrom");
            for (field, kind) in SOURCES {
                let path = move |last: &str| {
                    let container = pod_place.path(&["spec", list]);
                    format!("{container}[{place}].env[{variable_place}].valueFrom.{field}.{last}")
                };
                ask_of(asking, kind, source.part(field), path);
            }
        }
    }
}

fn ask_of(
    asking: &mut Asking<'_, '_>,
    kind: &'static str,
    source: Part<'_>,
    path: impl Fn(&str) -> String + Send + Sync + Clone + 'static,
) {
    let (Part::Known(reference), Some(false)) = (source, source.flag("optional")) else { return };
    let (Some(name), Some(key), Some(namespace)) =
        (source.text("name"), source.text("key"), asking.subject.namespace)
    else {
        return;
    };
    let there = Search::Named(Key::reached(&[kind], namespace, name, None));
    let has_key = Search::Named(Key::reached(&[kind], namespace, name, Some(number(&[key]))));
    let (spot, name, naming) = (Spot::of(reference, "name"), name.to_owned(), asking.naming);
    let (path_of, of) = (path.clone(), name.clone());
    asking.ask(spot, Reason::NotFound, there.clone().missing(), move || Text {
        path: path_of("name"),
        message: format!("there is no {kind} `{of}`"),
        help: format!(
            "declare it, or write `{}: true` if it may be missing",
            naming.name("optional")
        ),
    });
    let (spot, key) = (Spot::of(reference, "key"), key.to_owned());
    let conditions = (has_key.missing(), Some(there.found()));
    asking.ask_both(spot, Reason::NotFound, conditions, move || Text {
        path: path("key"),
        message: format!("there is no key `{key}` in {kind} `{name}`"),
        help: "use one of its keys".to_owned(),
    });
}
