//! A variable whose value is of a ConfigMap or Secret that nothing declares.

use super::fact::Needs;
use super::key::Key;
use super::part::Part;
use super::query::Search;
use super::{Across, Ask, Asking};
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

pub(super) const ACROSS: Across = Across { lint: &LINT, needs: Needs::SOURCES, ask };

/// The fields that name a key, and the kind of which.
const SOURCES: &[(&str, &str)] = &[("configMapKeyRef", "ConfigMap"), ("secretKeyRef", "Secret")];

fn ask(asking: &mut Asking<'_, '_>) {
    let Some(pod) = asking.pod() else { return };
    for (list, place, container) in pod.containers() {
        for (variable_place, variable) in container.items("env").enumerate() {
            let source = Part::of(variable).part("valueFrom");
            for (field, kind) in SOURCES {
                let at = || {
                    let container = pod.path("spec.") + list;
                    format!("{container}[{place}].env[{variable_place}].valueFrom.{field}")
                };
                ask_of(asking, kind, source.part(field), at);
            }
        }
    }
}

fn ask_of(
    asking: &mut Asking<'_, '_>,
    kind: &'static str,
    source: Part<'_>,
    at: impl Fn() -> String,
) {
    let (Part::Known(reference), Some(false)) = (source, source.flag("optional")) else { return };
    let (Some(name), Some(key)) = (source.text("name"), source.text("key")) else { return };
    let Some(namespace) = asking.subject.namespace else { return };
    let there = Search::Named(Key::within_reach(&[kind], namespace, name, None));
    asking.ask(Ask {
        place: reference.place("name"),
        path: at() + ".name",
        reason: Reason::NotFound,
        message: format!("there is no {kind} `{name}`"),
        help: format!("declare it, or write {} if it may be missing", optional(asking)),
        condition: there.clone().missing(),
    });
    let ask = Ask {
        place: reference.place("key"),
        path: at() + ".key",
        reason: Reason::NotFound,
        message: format!("there is no key `{key}` in {kind} `{name}`"),
        help: "use one of its keys".to_owned(),
        condition: Search::Named(Key::within_reach(&[kind], namespace, name, Some(key))).missing(),
    };
    asking.ask_both(ask, Some(there.found()));
}

fn optional(asking: &Asking<'_, '_>) -> String {
    format!("`{}: true`", asking.options.naming.name("optional"))
}
