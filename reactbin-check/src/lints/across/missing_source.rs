//! A volume, or all variables at once, of what nothing declares.

use super::fact::Needs;
use super::key::{Key, number};
use super::part::Part;
use super::query::Search;
use super::subject::Sort;
use super::tell::SERIES;
use super::{Across, Asking, Spot, Text};
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

pub(super) const ACROSS: Across =
    Across { lint: &LINT, of: &[Sort::Workload], needs: Needs::SOURCES, ask };

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

/// Makes the path of something, given what stands behind it.
trait Path: Fn(&str) -> String + Send + Sync + Clone + 'static {}

impl<T: Fn(&str) -> String + Send + Sync + Clone + 'static> Path for T {}

fn ask(asking: &mut Asking<'_, '_>) {
    let Some(pod) = asking.subject.pod else { return };
    let pod_place = pod.place();
    for (list, place, container) in pod.containers() {
        for (from_place, from) in container.items("envFrom").enumerate() {
            let path = move |rest: &str| {
                let container = pod_place.path(&["spec", list]);
                format!("{container}[{place}].envFrom[{from_place}].{rest}")
            };
            ask_all(asking, ENV_FROM, Part::of(from), path);
        }
    }
    for (place, volume) in pod.spec.items("volumes").enumerate() {
        let volume = Part::of(volume);
        let path =
            move |rest: &str| format!("{}[{place}].{rest}", pod_place.path(&["spec", "volumes"]));
        ask_all(asking, VOLUMES, volume, path);
        for (source_place, source) in volume.part("projected").items("sources").enumerate() {
            let path = move |rest: &str| path(&format!("projected.sources[{source_place}].{rest}"));
            ask_all(asking, PROJECTED, Part::of(source), path);
        }
    }
}

fn ask_all(
    asking: &mut Asking<'_, '_>,
    sources: &'static [(&'static str, &'static str, &'static str)],
    from: Part<'_>,
    path: impl Path,
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
        let named = |what, name| Search::Named(Key::reached(&[what], namespace, name, None));
        let series = series(name).filter(|_| *kind == "PersistentVolumeClaim");
        let conditions =
            (named(*kind, name).missing(), series.map(|series| named(SERIES, series).missing()));
        let (path_of, of) = (path.clone(), name.to_owned());
        let spot = Spot::of(reference, name_field);
        asking.ask_both(spot, Reason::NotFound, conditions, move || Text {
            path: path_of(&format!("{field}.{name_field}")),
            message: format!("there is no {kind} `{of}`"),
            help: "declare it, or name another one".to_owned(),
        });
        let path_of = path.clone();
        let path_of = move |rest: &str| path_of(&format!("{field}.{rest}"));
        ask_keys(asking, kind, [namespace, name], source, path_of);
    }
}

/// Asks for the keys of which a volume makes files.
fn ask_keys(
    asking: &mut Asking<'_, '_>,
    kind: &'static str,
    [namespace, name]: [&str; 2],
    source: Part<'_>,
    path: impl Path,
) {
    for (place, item) in source.items("items").enumerate() {
        let item = Part::of(item);
        let (Some(file), Some(key)) = (item.known(), item.text("key")) else { continue };
        let there = Search::Named(Key::reached(&[kind], namespace, name, None));
        let has_key = Search::Named(Key::reached(&[kind], namespace, name, Some(number(&[key]))));
        let conditions = (has_key.missing(), Some(there.found()));
        let (path, name, key) = (path.clone(), name.to_owned(), key.to_owned());
        asking.ask_both(Spot::of(file, "key"), Reason::NotFound, conditions, move || Text {
            path: path(&format!("items[{place}].key")),
            message: format!("there is no key `{key}` in {kind} `{name}`"),
            help: "use one of its keys".to_owned(),
        });
    }
}

/// What the name of a claim that a StatefulSet makes has before its number.
fn series(claim: &str) -> Option<&str> {
    let (series, number) = claim.rsplit_once('-')?;
    (!number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit())).then_some(series)
}
