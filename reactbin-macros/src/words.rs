//! The keys of a declaration that aren't fields of its object: `init`, `pod`, `selects` and the
//! like.

use reactbin_check::facts::{Ty, type_def};
use reactbin_check::{Entry as Pair, NodeId};

use crate::attributes::{refuse_above, refuse_beside};
use crate::declare::{Declaration, annotate_level};
use crate::levels::{Levels, META, POD};
use crate::lower::{Demand, DemandKind, Lower, SlotKind};
use crate::names::referenced_type;
use crate::reference::{INIT_CONTAINER, NAMESPACE, VAULT_AUTH, WORKLOAD};
use crate::syntax::{Above, Entry, Value, ValueKind};
use crate::{contract, pod_security, vault, volume_claims};

/// A key that isn't a field. Returns whether it was one of these.
pub(crate) fn place_word(
    lower: &mut Lower,
    declaration: &mut Declaration,
    levels: &mut Levels,
    entry: &Entry,
) -> bool {
    let value = &entry.value;
    match entry.key.text.as_str() {
        "name" | "item" => {}
        "namespace" => {
            let name = lower.lower_reference(value, NAMESPACE, &Ty::String);
            levels.metadata.push(annotated_pair(lower, entry, "namespace", name));
        }
        "file" => read_file(lower, declaration, value),
        "init" => levels.init = Some(lower_init(lower, entry)),
        "pod" => place_pod(lower, levels, entry),
        "selects" => place_selects(lower, declaration, levels, entry),
        "volume_claims" => {
            volume_claims::place(lower, entry, &mut levels.spec, &mut levels.container)
        }
        "auth" => {
            let name = lower.lower_reference(value, VAULT_AUTH, &Ty::String);
            levels.spec.push(annotated_pair(lower, entry, "vaultAuthRef", name));
        }
        "pod_security" => {
            declaration.pod_security = pod_security::read(value, true, &mut lower.errors);
        }
        "keys" => declaration.keys = vault::read_keys(lower, value),
        _ => return levels.contract.take(entry, &mut lower.errors),
    }
    true
}

/// The keys that no field stands for, where they are keys of the declaration.
const WITHOUT_A_FIELD: [&str; 4] = ["item", "file", "pod_security", "keys"];

/// What to do with a level of a lint where none looks.
pub(crate) const NO_LINT: &str = "remove it, or move it above what the lint is about";

/// What stands above one of these keys, or above one of a container's contract. A comment is for the
/// head of the document, as what stands above the first key is; one about a contract stays here.
pub(crate) fn place_above(
    lower: &mut Lower,
    declaration: &mut Declaration,
    entry: &Entry,
    is_first: bool,
) {
    let key = entry.key.text.as_str();
    let is_without_a_field = WITHOUT_A_FIELD.contains(&key);
    if !is_without_a_field && !contract::WORDS.contains(&key) {
        return;
    }
    if is_first {
        refuse_beside(entry, NO_LINT, &mut lower.errors);
        return;
    }
    refuse_above(entry, NO_LINT, &mut lower.errors);
    if is_without_a_field {
        declaration.docs.extend(entry.above.docs.iter().cloned());
    }
}

fn read_file(lower: &mut Lower, declaration: &mut Declaration, value: &Value) {
    let ValueKind::Str(text) = &value.kind else {
        if !matches!(value.kind, ValueKind::Wrong) {
            lower
                .errors
                .push(value.spot, "`file` is a path below the output directory")
                .help("write `file: \"api/deployment.yaml\"`");
        }
        return;
    };
    let parts: Vec<&str> = text.split('/').collect();
    let clean =
        parts.iter().all(|part| !part.is_empty() && !part.starts_with('.') && !part.contains('\\'));
    if !clean {
        lower
            .errors
            .push(value.spot, format!("`{text}` is no path below the output directory"))
            .help("write a relative path with `/`, without `..` and without hidden parts");
    } else if !text.ends_with(".yaml") && !text.ends_with(".yml") {
        lower
            .errors
            .push(value.spot, format!("`{text}` isn't named like a YAML file"))
            .help(format!("write `\"{text}.yaml\"`"));
    }
    declaration.file = Some(text.clone());
}

/// `init: migrate` or `init: [migrate, warm_up]`.
fn lower_init(lower: &mut Lower, entry: &Entry) -> Pair {
    let value = &entry.value;
    let nothing = Above::default();
    let items: Vec<(&Above, &Value)> = match &value.kind {
        ValueKind::List(items) => items.iter().map(|item| (&item.above, &item.value)).collect(),
        // What stands above it is the list's.
        _ => vec![(&nothing, value)],
    };
    let mut nodes = Vec::with_capacity(items.len());
    for (above, item) in items {
        let node = match &item.kind {
            ValueKind::Path(path) => {
                let item_type = referenced_type(path, INIT_CONTAINER.suffix);
                lower.slot(SlotKind::Fragment { item: item_type }, item.spot)
            }
            ValueKind::Wrong => lower.unknown(item.spot),
            _ => {
                let name = match &item.kind {
                    ValueKind::Str(text) => text.replace('-', "_"),
                    _ => "migrate".to_owned(),
                };
                lower.errors.push(item.spot, "`init` takes the name of an init container").help(
                    format!(
                        "write `{name}`, with `init_container! {{ name: {name}, … }}` declared"
                    ),
                );
                lower.unknown(item.spot)
            }
        };
        lower.annotate(above, node, node);
        nodes.push(node);
    }
    let list = lower.list(&nodes, value.spot);
    annotated_pair(lower, entry, "initContainers", list)
}

/// `pod: { … }`: fields of the pod, and the labels and annotations that all its pods get.
pub(crate) fn place_pod(lower: &mut Lower, levels: &mut Levels, entry: &Entry) {
    let ValueKind::Map(entries) = &entry.value.kind else {
        if !matches!(entry.value.kind, ValueKind::Wrong) {
            lower
                .errors
                .push(entry.value.spot, "`pod` takes the fields of the pod in `{ }`")
                .help("write `pod: { … }`");
        }
        return;
    };
    let (Some(pod), Some(meta)) = (type_def(POD), type_def(META)) else { return };
    let above = &entry.above;
    let mut all = Vec::new();
    for entry in pod_fields(lower, entries) {
        let key = entry.key.text.as_str();
        let of_metadata =
            pod.field_by_snake(key).is_none() && matches!(key, "labels" | "annotations");
        let Some(pair) = lower.lower_entry(entry, if of_metadata { meta } else { pod }) else {
            continue;
        };
        all.push(pair);
        match key {
            "containers" => levels.containers = Some(pair),
            "init_containers" => levels.init = Some(pair),
            _ if of_metadata => levels.template_metadata.push(pair),
            _ => levels.pod.push(pair),
        }
    }
    annotate_level(lower, above, &all);
}

/// The entries of `pod`, with those of a `spec` among them, which is an error.
fn pod_fields<'e>(lower: &mut Lower, entries: &'e [Entry]) -> Vec<&'e Entry> {
    let mut fields = Vec::with_capacity(entries.len());
    for entry in entries {
        match &entry.value.kind {
            ValueKind::Map(inner) if entry.key.text == "spec" => {
                lower
                    .errors
                    .push(entry.key.spot, "`pod` is the pod's spec already")
                    .help("write the fields of `spec` right in `pod: { … }`");
                fields.extend(inner);
            }
            _ => fields.push(entry),
        }
    }
    fields
}

/// `selects: api`: the labels of a workload's pods.
fn place_selects(
    lower: &mut Lower,
    declaration: &mut Declaration,
    levels: &mut Levels,
    entry: &Entry,
) {
    let value = &entry.value;
    let node = match &value.kind {
        ValueKind::Path(path) => {
            let item = referenced_type(path, WORKLOAD.suffix);
            declaration.selects = Some(item.clone());
            lower.demands.push(Demand {
                kind: DemandKind::Pods,
                item: item.clone(),
                spot: value.spot,
            });
            lower.slot(SlotKind::Selector { item }, value.spot)
        }
        ValueKind::Wrong => lower.unknown(value.spot),
        _ => {
            lower
                .errors
                .push(value.spot, "`selects` takes the name of a workload")
                .help("name a Deployment, StatefulSet or Job, or write `selector: { app: … }` for pods that are made elsewhere");
            lower.unknown(value.spot)
        }
    };
    let kind = declaration.declared.kind;
    if kind == "Service" {
        levels.spec.push(annotated_pair(lower, entry, "selector", node));
        return;
    }
    let labels = lower.pair("matchLabels", entry.key.spot, node);
    let selector = lower.map(&[labels], value.spot);
    let field = if kind == "NetworkPolicy" { "podSelector" } else { "selector" };
    levels.spec.push(annotated_pair(lower, entry, field, selector));
}

/// An entry that stands for a field of another name.
fn annotated_pair(lower: &mut Lower, entry: &Entry, field: &str, value: NodeId) -> Pair {
    let pair = lower.pair(field, entry.key.spot, value);
    lower.annotate(&entry.above, pair.key, pair.value);
    pair
}
