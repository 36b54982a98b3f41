//! `volume_claims: { data: { size: 10Gi, mount: "/data" } }` of `stateful_set!`: a claim template
//! and the mount of its volume.

use reactbin_check::Entry as Pair;
use reactbin_check::facts::{Ty, TypeDef, type_def};

use reactbin_check::suggest::suggest;

use crate::lower::{Lower, key_text};
use crate::spot::Spot;
use crate::syntax::{Entry, Value, ValueKind};

/// Adds the claim templates to the spec and their mounts to the container.
pub(crate) fn place(
    lower: &mut Lower,
    entry: &Entry,
    spec: &mut Vec<Pair>,
    container: &mut Vec<Pair>,
) {
    let ValueKind::Map(claims) = &entry.value.kind else {
        if !matches!(entry.value.kind, ValueKind::Wrong) {
            lower
                .errors
                .push(entry.value.spot, "`volume_claims` takes claims by name")
                .help("write `volume_claims: { data: { size: 10Gi, mount: \"/data\" } }`");
        }
        return;
    };
    let mut templates = Vec::with_capacity(claims.len());
    let mut mounts = Vec::new();
    for claim in claims {
        let Some((template, mount)) = lower_claim(lower, claim) else { continue };
        lower.annotate(&claim.above, template, template);
        templates.push(template);
        mounts.extend(mount);
    }
    let list = lower.list(&templates, entry.value.spot);
    let pair = lower.pair("volumeClaimTemplates", entry.key.spot, list);
    lower.annotate(&entry.above, pair.key, pair.value);
    spec.push(pair);
    if !mounts.is_empty() {
        let list = lower.list(&mounts, entry.value.spot);
        container.push(lower.pair("volumeMounts", entry.key.spot, list));
    }
}

type Nodes = (reactbin_check::NodeId, Option<reactbin_check::NodeId>);

fn lower_claim(lower: &mut Lower, claim: &Entry) -> Option<Nodes> {
    let ValueKind::Map(entries) = &claim.value.kind else {
        if !matches!(claim.value.kind, ValueKind::Wrong) {
            lower
                .errors
                .push(claim.value.spot, "a claim takes its fields in `{ }`")
                .help("write `{ size: 10Gi, mount: \"/data\" }`");
        }
        return None;
    };
    let ty = type_def("api.core.v1.PersistentVolumeClaimSpec")?;
    let name_spot = claim.key.spot;
    let name = key_text(&claim.key, true);
    let (mut spec, mut size, mut mount) = (Vec::new(), None, None);
    let mut unknown = None;
    for entry in entries {
        match entry.key.text.as_str() {
            "size" => size = Some(entry),
            "mount" => mount = Some(entry),
            key if ty.field_by_snake(key).is_some() => spec.extend(lower.lower_entry(entry, ty)),
            key => {
                let known = ty.fields.iter().map(|field| field.snake).chain(["size", "mount"]);
                let error =
                    lower.errors.push(entry.key.spot, format!("a claim has no key `{key}`"));
                match suggest(key, known) {
                    Some(meant) => error.help(format!("use `{meant}`")),
                    None => error.help(
                        "the keys are `size`, `mount`, and the fields of PersistentVolumeClaimSpec",
                    ),
                };
                // It may be the size that is meant.
                let value = lower.unknown(entry.key.spot);
                unknown = Some(lower.pair("resources", entry.key.spot, value));
            }
        }
    }
    let has = |lower: &Lower, key: &str, spec: &[Pair]| {
        spec.iter().any(|pair| lower.tree.str(pair.key) == key)
    };
    if !has(lower, "accessModes", &spec) {
        let mode = lower.text("ReadWriteOnce", name_spot);
        let modes = lower.list(&[mode], name_spot);
        spec.insert(0, lower.pair("accessModes", name_spot, modes));
    }
    match size {
        Some(size) => spec.push(lower_size(lower, size, ty)),
        None if has(lower, "resources", &spec) => {}
        None if unknown.is_some() => spec.extend(unknown),
        None => {
            lower
                .errors
                .push(name_spot, format!("claim `{name}` has no `size`"))
                .help("write `size: 10Gi`");
            let value = lower.unknown(name_spot);
            spec.push(lower.pair("resources", name_spot, value));
        }
    }
    let template = claim_template(lower, &name, name_spot, &spec, claim.value.spot);
    let mount = mount.map(|mount| {
        let node = lower_mount(lower, &name, name_spot, &mount.value);
        lower.annotate(&mount.above, node, node);
        node
    });
    Some((template, mount))
}

/// `size: 10Gi` as `resources.requests.storage`.
fn lower_size(lower: &mut Lower, size: &Entry, owner: &'static TypeDef) -> Pair {
    let spot = size.value.spot;
    let quantity = lower.lower_value(&size.value, &Ty::Quantity, owner, None);
    let storage = lower.pair("storage", size.key.spot, quantity);
    let requests = lower.map(&[storage], spot);
    let requests = lower.pair("requests", size.key.spot, requests);
    let resources = lower.map(&[requests], spot);
    let pair = lower.pair("resources", size.key.spot, resources);
    lower.annotate(&size.above, pair.key, pair.value);
    pair
}

fn claim_template(
    lower: &mut Lower,
    name: &str,
    name_spot: Spot,
    spec: &[Pair],
    spot: Spot,
) -> reactbin_check::NodeId {
    let name = lower.text(name, name_spot);
    let name = lower.pair("name", name_spot, name);
    let metadata = lower.map(&[name], name_spot);
    let metadata = lower.pair("metadata", name_spot, metadata);
    let spec = lower.map(spec, spot);
    let spec = lower.pair("spec", name_spot, spec);
    lower.map(&[metadata, spec], spot)
}

fn lower_mount(
    lower: &mut Lower,
    name: &str,
    name_spot: Spot,
    path: &Value,
) -> reactbin_check::NodeId {
    let name = lower.text(name, name_spot);
    let name = lower.pair("name", name_spot, name);
    let path_node = match type_def("api.core.v1.VolumeMount")
        .and_then(|ty| Some((ty, ty.field("mountPath")?)))
    {
        Some((ty, field)) => lower.lower_field(path, ty, field),
        None => lower.unknown(path.spot),
    };
    let path = lower.pair("mountPath", path.spot, path_node);
    lower.map(&[name, path], path_spot(lower, path_node))
}

fn path_spot(lower: &Lower, node: reactbin_check::NodeId) -> Spot {
    lower.spots[node.index()]
}
