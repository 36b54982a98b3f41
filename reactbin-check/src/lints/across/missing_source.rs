//! A volume, or all variables at once, of what nothing declares.

use super::fact::Needs;
use super::key::Key;
use super::part::Part;
use super::query::Search;
use super::tell::SERIES;
use super::{Across, Ask, Asking};
use crate::finding::{Reason, Severity};
use crate::lints::{Family, Level, Lint};
use crate::rules::Rule;

pub(in crate::lints) static LINT: Lint = Lint {
    rule: Rule {
        id: "missing_source",
        on: "api.core.v1.Volume api.core.v1.EnvFromSource",
        severity: Severity::Warning,
        waivable: true,
        what: "The ConfigMaps, Secrets and claims of a pod's volumes, and those that it takes its \
               variables from, are declared.",
        source: "Kubernetes: Volumes",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}], volumes: [{name: v, configMap: {name: b}}]}}
---
{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {a: \"1\"}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}], volumes: [{name: v, configMap: {name: a}}]}}
---
{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {a: \"1\"}}",
        check: None,
    },
    level: Level::Allow,
    family: Family::References,
    why: "The pod waits for it and doesn't start. It may well come from elsewhere, such as a Secret \
          that nobody commits.",
    kube_linter: &[],
};

pub(super) const ACROSS: Across = Across { lint: &LINT, needs: Needs::SOURCES, ask };

/// The sources of a volume: field, kind, and the field of the name.
const VOLUMES: &[(&str, &str, &str)] = &[
    ("configMap", "ConfigMap", "name"),
    ("persistentVolumeClaim", "PersistentVolumeClaim", "claimName"),
    ("secret", "Secret", "secretName"),
];
/// Those of all variables at once, and of a projected volume's parts.
const ENV_FROM: &[(&str, &str, &str)] =
    &[("configMapRef", "ConfigMap", "name"), ("secretRef", "Secret", "name")];
const PROJECTED: &[(&str, &str, &str)] =
    &[("configMap", "ConfigMap", "name"), ("secret", "Secret", "name")];

fn ask(asking: &mut Asking<'_, '_>) {
    let Some(pod) = asking.pod() else { return };
    for (list, place, container) in pod.containers() {
        for (from_place, from) in container.items("envFrom").enumerate() {
            let at = || format!("{}[{place}].envFrom[{from_place}]", pod.path("spec.") + list);
            ask_all(asking, ENV_FROM, Part::of(from), at);
        }
    }
    for (place, volume) in pod.spec.items("volumes").enumerate() {
        let volume = Part::of(volume);
        let at = || format!("{}[{place}]", pod.path("spec.volumes"));
        ask_all(asking, VOLUMES, volume, at);
        for (source_place, source) in volume.part("projected").items("sources").enumerate() {
            let at = || at() + &format!(".projected.sources[{source_place}]");
            ask_all(asking, PROJECTED, Part::of(source), at);
        }
    }
}

fn ask_all(
    asking: &mut Asking<'_, '_>,
    sources: &[(&'static str, &'static str, &'static str)],
    from: Part<'_>,
    at: impl Fn() -> String,
) {
    for (field, kind, name_field) in sources {
        let source = from.part(field);
        let (Part::Known(reference), Some(false)) = (source, source.flag("optional")) else {
            continue;
        };
        let (Some(name), Some(namespace)) = (source.text(name_field), asking.subject.namespace)
        else {
            continue;
        };
        let key = |what, name| Search::Named(Key::within_reach(&[what], namespace, name, None));
        let series = series(name).filter(|_| *kind == "PersistentVolumeClaim");
        let ask = Ask {
            place: reference.place(name_field),
            path: format!("{}.{field}.{name_field}", at()),
            reason: Reason::NotFound,
            message: format!("there is no {kind} `{name}`"),
            help: "declare it, or name another one".to_owned(),
            condition: key(*kind, name).missing(),
        };
        asking.ask_both(ask, series.map(|series| key(SERIES, series).missing()));
        ask_keys(asking, kind, name, source, || format!("{}.{field}", at()));
    }
}

/// Asks for the keys of which a volume makes files.
fn ask_keys(
    asking: &mut Asking<'_, '_>,
    kind: &str,
    name: &str,
    source: Part<'_>,
    at: impl Fn() -> String,
) {
    let Some(namespace) = asking.subject.namespace else { return };
    for (place, item) in source.items("items").enumerate() {
        let item = Part::of(item);
        let (Some(file), Some(key)) = (item.known(), item.text("key")) else { continue };
        let ask = Ask {
            place: file.place("key"),
            path: format!("{}.items[{place}].key", at()),
            reason: Reason::NotFound,
            message: format!("there is no key `{key}` in {kind} `{name}`"),
            help: "use one of its keys".to_owned(),
            condition: Search::Named(Key::within_reach(&[kind], namespace, name, Some(key)))
                .missing(),
        };
        let there = Search::Named(Key::within_reach(&[kind], namespace, name, None));
        asking.ask_both(ask, Some(there.found()));
    }
}

/// What the name of a claim that a StatefulSet makes has before its number.
fn series(claim: &str) -> Option<&str> {
    let (series, number) = claim.rsplit_once('-')?;
    (!number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit())).then_some(series)
}
