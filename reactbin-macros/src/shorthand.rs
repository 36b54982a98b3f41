//! The few shorthands of the language inside an object: each stands for YAML that anyone who
//! knows Kubernetes would guess.
//!
//! A new Kubernetes field needs nothing here; a new shorthand is one function and one line.

use proc_macro2::TokenStream;
use reactbin_check::facts::{Field, Ty, TypeDef, type_def};
use reactbin_check::structure::unknown_field;
use reactbin_check::suggest::suggest;
use reactbin_check::{Entry as Pair, Naming, NodeId};

use crate::lower::{Demand, DemandKind, Lower, ObjectForm, SlotKind, key_text, path_text};
use crate::names::referenced_type;
use crate::reference::{
    CLUSTER_ROLE, CONFIG_MAP, CONTAINER, IMAGE, INIT_CONTAINER, PERSISTENT_VOLUME_CLAIM, ROLE,
    SECRET, SERVICE, SERVICE_ACCOUNT, Target, WORKLOAD,
};
use crate::syntax::{Entry, Key, Value, ValueKind, ident_text};

const CONTAINER_TYPE: &str = "api.core.v1.Container";
const EPHEMERAL_CONTAINER: &str = "api.core.v1.EphemeralContainer";
const POD_SPEC: &str = "api.core.v1.PodSpec";
const ROLE_BINDING: &str = "api.rbac.v1.RoleBinding";
const CLUSTER_ROLE_BINDING: &str = "api.rbac.v1.ClusterRoleBinding";
const LABEL_SELECTOR: &str = "apimachinery.pkg.apis.meta.v1.LabelSelector";
const RBAC: &str = "rbac.authorization.k8s.io";

/// A field's value in a form of its own, if it is in one.
pub(crate) fn lower_field(
    lower: &mut Lower,
    value: &Value,
    owner: &'static TypeDef,
    field: &'static Field,
) -> Option<NodeId> {
    match (owner.name, field.name, &value.kind) {
        (_, _, ValueKind::Map(entries)) if item_is(&field.ty, LABEL_SELECTOR) => {
            labels_without_match(lower, value, entries, field)
        }
        ("api.core.v1.ServiceSpec", "selector", ValueKind::Map(entries)) => {
            let nested = entries.iter().find(|entry| {
                entry.key.text == "match_labels" && matches!(entry.value.kind, ValueKind::Map(_))
            })?;
            lower
                .errors
                .push(nested.key.spot, "the `selector` of a Service has no `match_labels`")
                .help("write the labels directly: `selector: { app: … }`");
            Some(lower.unknown(value.spot))
        }
        (
            CONTAINER_TYPE | POD_SPEC | ROLE_BINDING | CLUSTER_ROLE_BINDING,
            "envFrom" | "imagePullSecrets" | "subjects" | "containers" | "initContainers",
            ValueKind::Path(_) | ValueKind::Call(..),
        ) => {
            let text = match &value.kind {
                ValueKind::Path(path) => path_text(path),
                ValueKind::Call(name, _) => format!("{}(…)", ident_text(name)),
                _ => return None,
            };
            lower
                .errors
                .push(value.spot, format!("`{}` takes a list", field.snake))
                .help(format!("write `[{text}]`"));
            Some(lower.unknown(value.spot))
        }
        (CONTAINER_TYPE | EPHEMERAL_CONTAINER, "image", ValueKind::Path(path)) => {
            let item = referenced_type(path, IMAGE.suffix);
            let kind = SlotKind::Image { item: item.clone(), needs: Vec::new() };
            let node = lower.slot(kind, value.spot);
            lower.images.push((node, item));
            Some(node)
        }
        (CONTAINER_TYPE, "ports", ValueKind::Map(entries)) => {
            Some(lower_ports(lower, entries, value, item_type(field)?, "containerPort"))
        }
        ("api.core.v1.ServiceSpec", "ports", ValueKind::Map(entries)) => {
            Some(lower_ports(lower, entries, value, item_type(field)?, "port"))
        }
        (_, "scaleTargetRef", ValueKind::Path(path)) => {
            Some(object(lower, value, referenced_type(path, WORKLOAD.suffix), ObjectForm::Target))
        }
        (
            ROLE_BINDING | CLUSTER_ROLE_BINDING,
            "roleRef",
            ValueKind::Path(_) | ValueKind::Call(..),
        ) => lower_role(lower, value, owner),
        (_, "backend" | "defaultBackend", ValueKind::Part(base, part)) => {
            lower_backend(lower, value, base, part)
        }
        (
            "api.networking.v1.HTTPIngressPath" | "api.networking.v1.IngressSpec",
            "backend" | "defaultBackend",
            kind,
        ) => backend_without_port(lower, value, kind),
        _ => None,
    }
}

fn item_is(ty: &Ty, name: &str) -> bool {
    matches!(ty, Ty::Object(object) if object.name == name)
}

/// Whether a field is a list of ports that can be written by their names.
pub(crate) fn has_named_ports(owner: &'static TypeDef, field: &'static Field) -> bool {
    matches!(owner.name, CONTAINER_TYPE | "api.core.v1.ServiceSpec") && field.name == "ports"
}

/// `selector: { app: api }`: labels where a selector says how it selects.
fn labels_without_match(
    lower: &mut Lower,
    value: &Value,
    entries: &[Entry],
    field: &'static Field,
) -> Option<NodeId> {
    let ty = type_def(LABEL_SELECTOR)?;
    let first = entries.first()?;
    let label = |entry: &Entry| {
        let key = &entry.key.text;
        !matches!(entry.value.kind, ValueKind::Map(_) | ValueKind::List(_))
            && unknown_field(key, ty, &[ty], Naming::Snake).meant.is_empty()
            && ty.field_by_snake(key).is_none()
    };
    if !entries.iter().all(label) {
        return None;
    }
    let key = first.key.spot.start.source_text().unwrap_or_else(|| first.key.text.clone());
    lower
        .errors
        .push(first.key.spot, format!("labels stand in `match_labels` of `{}`", field.snake))
        .help(format!("write `{}: {{ match_labels: {{ {key}: … }} }}`", field.snake));
    Some(lower.unknown(value.spot))
}

/// An item of a field's list in a form of its own, if it is in one.
pub(crate) fn lower_item(
    lower: &mut Lower,
    value: &Value,
    owner: &'static TypeDef,
    field: &'static Field,
) -> Option<NodeId> {
    match (owner.name, field.name, &value.kind) {
        (CONTAINER_TYPE, "ports", ValueKind::Int(number)) => {
            Some(lower_port(lower, value, *number, "containerPort"))
        }
        ("api.core.v1.ServiceSpec", "ports", ValueKind::Int(number)) => {
            Some(lower_port(lower, value, *number, "port"))
        }
        (CONTAINER_TYPE | "api.core.v1.ServiceSpec", "ports", ValueKind::Str(text))
            if text.parse::<u16>().is_ok() =>
        {
            lower
                .errors
                .push(value.spot, "a port's number is written without quotes")
                .help(format!("write `{text}`"));
            Some(lower.unknown(value.spot))
        }
        (
            CONTAINER_TYPE,
            "envFrom",
            ValueKind::Path(_) | ValueKind::Call(..) | ValueKind::Str(_),
        ) => Some(lower_env_from(lower, value)),
        (ROLE_BINDING | CLUSTER_ROLE_BINDING, "subjects", ValueKind::Path(path)) => Some(object(
            lower,
            value,
            referenced_type(path, SERVICE_ACCOUNT.suffix),
            ObjectForm::Subject,
        )),
        (ROLE_BINDING | CLUSTER_ROLE_BINDING, "subjects", ValueKind::Call(name, arguments)) => {
            lower_subject(lower, value, &ident_text(name), arguments)
        }
        (
            POD_SPEC,
            "imagePullSecrets",
            ValueKind::Path(_) | ValueKind::Call(..) | ValueKind::Str(_),
        ) => {
            let name = lower.lower_reference(value, SECRET, &Ty::String);
            let pair = lower.pair("name", value.spot, name);
            Some(lower.map(&[pair], value.spot))
        }
        (POD_SPEC, "containers", ValueKind::Path(path)) => {
            let item = referenced_type(path, CONTAINER.suffix);
            Some(lower.slot(SlotKind::Fragment { item }, value.spot))
        }
        (POD_SPEC, "initContainers", ValueKind::Path(path)) => {
            let item = referenced_type(path, INIT_CONTAINER.suffix);
            Some(lower.slot(SlotKind::Fragment { item }, value.spot))
        }
        _ => None,
    }
}

/// `name: value` in a list of named objects, where the value isn't the object's fields.
pub(crate) fn lower_named(
    lower: &mut Lower,
    entry: &Entry,
    item: &'static TypeDef,
    name: Pair,
) -> Option<NodeId> {
    let value = &entry.value;
    match (item.name, &value.kind) {
        ("api.core.v1.EnvVar", ValueKind::Part(base, key)) => {
            let value_from = lower_key_source(lower, value, base, key)?;
            let pair = lower.pair("valueFrom", value.spot, value_from);
            Some(lower.map(&[name, pair], value.spot))
        }
        ("api.core.v1.EnvVar", ValueKind::Path(path))
            if path.ident().is_none_or(|ident| ident_text(ident).contains('_')) =>
        {
            let text = path_text(path);
            lower.errors.push(value.spot, format!("`{text}` names no key")).help(format!(
                "write `{text}.KEY` for a key of that Secret, or `\"{text}\"` for the text"
            ));
            let unknown = lower.unknown(value.spot);
            let pair = lower.pair("value", value.spot, unknown);
            Some(lower.map(&[name, pair], value.spot))
        }
        ("api.core.v1.EnvVar", kind) if !matches!(kind, ValueKind::Map(_)) => {
            named_scalar(lower, value, item, name, "value")
        }
        ("api.core.v1.Volume", ValueKind::Call(call, arguments)) => {
            lower_volume(lower, value, &ident_text(call), arguments, name)
        }
        ("api.core.v1.Volume", ValueKind::Path(path)) => {
            let text = path_text(path);
            lower
                .errors
                .push(value.spot, "a volume says of what kind its source is")
                .help(format!("write `config_map({text})`, `secret({text})` or `claim({text})`"));
            Some(lower.unknown(value.spot))
        }
        ("api.core.v1.VolumeMount", ValueKind::Path(_) | ValueKind::Str(_)) => {
            named_scalar(lower, value, item, name, "name")
        }
        _ => None,
    }
}

/// `config_map(settings)`, `secret(api_env)`, `claim(pictures)` as the source of a volume.
fn lower_volume(
    lower: &mut Lower,
    value: &Value,
    call: &str,
    arguments: &[Value],
    name: Pair,
) -> Option<NodeId> {
    let (target, source, field) = match call {
        "config_map" => (CONFIG_MAP, "configMap", "name"),
        "secret" => (SECRET, "secret", "secretName"),
        "claim" => (PERSISTENT_VOLUME_CLAIM, "persistentVolumeClaim", "claimName"),
        _ => {
            let error =
                lower.errors.push(value.spot, format!("`{call}(…)` is no source of a volume"));
            if let Some(meant) = suggest(call, ["config_map", "secret", "claim"]) {
                error.help(format!("use `{meant}`"));
                return Some(lower.unknown(value.spot));
            }
            error.help("write `config_map(…)`, `secret(…)`, `claim(…)`, or the fields of the volume in `{ }`");
            return Some(lower.unknown(value.spot));
        }
    };
    if lower.wrong_count(call, arguments, value.spot) {
        return Some(lower.unknown(value.spot));
    }
    let [argument] = arguments else { return None };
    let text = lower.lower_reference(argument, target, &Ty::String);
    let pair = lower.pair(field, argument.spot, text);
    let fields = lower.map(&[pair], value.spot);
    let pair = lower.pair(source, value.spot, fields);
    Some(lower.map(&[name, pair], value.spot))
}

fn object(lower: &mut Lower, value: &Value, item: TokenStream, form: ObjectForm) -> NodeId {
    lower.slot(SlotKind::Object { item, form }, value.spot)
}

/// A map of texts that the author didn't write.
fn texts(lower: &mut Lower, value: &Value, entries: &[(&str, &str)]) -> Vec<Pair> {
    entries
        .iter()
        .map(|(key, text)| {
            let text = lower.text(text, value.spot);
            lower.pair(key, value.spot, text)
        })
        .collect()
}

/// `role_ref: reader`, `role_ref: cluster_role(external("view"))`. A bare name is a Role in a
/// RoleBinding, and a ClusterRole in a ClusterRoleBinding.
fn lower_role(lower: &mut Lower, value: &Value, owner: &'static TypeDef) -> Option<NodeId> {
    let usual = if owner.name == ROLE_BINDING { ROLE } else { CLUSTER_ROLE };
    let (target, named) = match &value.kind {
        ValueKind::Call(name, arguments) if arguments.len() == 1 => match ident_text(name).as_str()
        {
            "role" => (ROLE, &arguments[0]),
            "cluster_role" => (CLUSTER_ROLE, &arguments[0]),
            _ => (usual, value),
        },
        _ => (usual, value),
    };
    if let ValueKind::Path(path) = &named.kind {
        return Some(object(lower, value, referenced_type(path, target.suffix), ObjectForm::Role));
    }
    let name = lower.lower_reference(named, target, &Ty::String);
    let mut pairs = texts(lower, value, &[("apiGroup", RBAC), ("kind", target.suffix)]);
    pairs.push(lower.pair("name", named.spot, name));
    Some(lower.map(&pairs, value.spot))
}

/// `user("alice")`, `group("developers")` as the subject of a binding.
fn lower_subject(
    lower: &mut Lower,
    value: &Value,
    call: &str,
    arguments: &[Value],
) -> Option<NodeId> {
    let kind = match call {
        "user" => "User",
        "group" => "Group",
        _ => {
            lower
                .errors
                .push(value.spot, format!("`{call}(…)` is no subject of a binding"))
                .help("name a service account, or write `user(\"…\")`, `group(\"…\")`, or the subject's fields in `{ }`");
            return Some(lower.unknown(value.spot));
        }
    };
    if lower.wrong_count(call, arguments, value.spot) {
        return Some(lower.unknown(value.spot));
    }
    let [argument] = arguments else { return None };
    let ty = type_def("api.rbac.v1.Subject")?;
    let name = lower.lower_value(argument, &Ty::String, ty, ty.field("name"));
    let mut pairs = texts(lower, value, &[("apiGroup", RBAC), ("kind", kind)]);
    pairs.push(lower.pair("name", argument.spot, name));
    Some(lower.map(&pairs, value.spot))
}

fn named_scalar(
    lower: &mut Lower,
    value: &Value,
    item: &'static TypeDef,
    name: Pair,
    field: &str,
) -> Option<NodeId> {
    let field = item.field(field)?;
    let node = lower.lower_field(value, item, field);
    let pair = lower.pair(field.name, value.spot, node);
    Some(lower.map(&[name, pair], value.spot))
}

fn item_type(field: &'static Field) -> Option<&'static TypeDef> {
    match field.ty {
        Ty::List(Ty::Object(item)) => Some(item),
        _ => None,
    }
}

/// `{ http: 8000 }`: ports by name.
fn lower_ports(
    lower: &mut Lower,
    entries: &[Entry],
    value: &Value,
    item: &'static TypeDef,
    number: &'static str,
) -> NodeId {
    let mut nodes = Vec::with_capacity(entries.len());
    for entry in entries {
        let name = lower.text(&key_text(&entry.key, true), entry.key.spot);
        let mut pairs = vec![lower.pair("name", entry.key.spot, name)];
        match (&entry.value.kind, item.field(number)) {
            (ValueKind::Map(fields), _) => lower.lower_entries(fields, item, &mut pairs),
            (_, Some(field)) => {
                let node = lower.lower_field(&entry.value, item, field);
                pairs.push(lower.pair(number, entry.value.spot, node));
            }
            _ => {}
        }
        let node = lower.map(&pairs, entry.value.spot);
        lower.annotate(&entry.above, node, node);
        nodes.push(node);
    }
    lower.list(&nodes, value.spot)
}

/// `8000` in a list of ports.
fn lower_port(lower: &mut Lower, value: &Value, number: i64, field: &str) -> NodeId {
    let number = lower.int(number, value.spot);
    let pair = lower.pair(field, value.spot, number);
    lower.map(&[pair], value.spot)
}

/// `api_env`, `external("name")`, `config_map(settings)` in `env_from`.
fn lower_env_from(lower: &mut Lower, value: &Value) -> NodeId {
    let (target, named) = source_of(value);
    let field = if target == CONFIG_MAP { "configMapRef" } else { "secretRef" };
    let name = lower.lower_reference(named, target, &Ty::String);
    let pair = lower.pair("name", value.spot, name);
    let source = lower.map(&[pair], value.spot);
    let pair = lower.pair(field, value.spot, source);
    lower.map(&[pair], value.spot)
}

/// `api_env.KEY`, `config_map(settings).KEY` as the value of an environment variable.
fn lower_key_source(lower: &mut Lower, value: &Value, base: &Value, key: &Key) -> Option<NodeId> {
    let (target, named) = source_of(base);
    let (field, ty) = if target == CONFIG_MAP {
        ("configMapKeyRef", "api.core.v1.ConfigMapKeySelector")
    } else {
        ("secretKeyRef", "api.core.v1.SecretKeySelector")
    };
    let name = lower.lower_reference(named, target, &Ty::String);
    let name = lower.pair("name", base.spot, name);
    let key_node = lower.text(&key.text, key.spot);
    let key_pair = lower.pair("key", key.spot, key_node);
    let source = lower.map(&[name, key_pair], value.spot);
    demand(lower, source, type_def(ty)?);
    let pair = lower.pair(field, value.spot, source);
    Some(lower.map(&[pair], value.spot))
}

/// What kind of source a value names, and the value that names it.
fn source_of(value: &Value) -> (Target, &Value) {
    match &value.kind {
        ValueKind::Call(name, arguments) if arguments.len() == 1 => match ident_text(name).as_str()
        {
            "config_map" => (CONFIG_MAP, &arguments[0]),
            "secret" => (SECRET, &arguments[0]),
            _ => (SECRET, value),
        },
        _ => (SECRET, value),
    }
}

/// `api.8000` or `api.http` as the backend of an Ingress: a port of a Service.
fn lower_backend(lower: &mut Lower, value: &Value, base: &Value, part: &Key) -> Option<NodeId> {
    let name = lower.lower_reference(base, SERVICE, &Ty::String);
    let name = lower.pair("name", base.spot, name);
    let (field, port) = match part.text.parse::<i64>() {
        Ok(number) => ("number", lower.int(number, part.spot)),
        Err(_) => ("name", lower.text(&key_text(part, true), part.spot)),
    };
    let pair = lower.pair(field, part.spot, port);
    let port = lower.map(&[pair], part.spot);
    let port = lower.pair("port", part.spot, port);
    let service = lower.map(&[name, port], value.spot);
    demand(lower, service, type_def("api.networking.v1.IngressServiceBackend")?);
    let pair = lower.pair("service", value.spot, service);
    Some(lower.map(&[pair], value.spot))
}

/// A backend that names a Service and no port of it.
fn backend_without_port(lower: &mut Lower, value: &Value, kind: &ValueKind) -> Option<NodeId> {
    let service = match kind {
        ValueKind::Path(path) => ident_text(&path.last),
        ValueKind::Str(text) if text.contains(':') => {
            let (service, port) = text.split_once(':')?;
            let service = service.replace('-', "_");
            lower
                .errors
                .push(value.spot, "a backend is a port of a Service")
                .help(format!("write `{service}.{port}`"));
            return Some(lower.unknown(value.spot));
        }
        ValueKind::Str(text) => format!("external(\"{text}\")"),
        _ => return None,
    };
    lower
        .errors
        .push(value.spot, "a backend is a port of a Service")
        .help(format!("write `{service}.80`, with the port's number or name behind the `.`"));
    Some(lower.unknown(value.spot))
}

/// What an object that names another item demands of that item's constants.
pub(crate) fn demand(lower: &mut Lower, id: NodeId, ty: &'static TypeDef) {
    let (target, name) = match ty.name {
        "api.core.v1.ConfigMapKeySelector" => (CONFIG_MAP, "name"),
        "api.core.v1.SecretKeySelector" => (SECRET, "name"),
        "api.networking.v1.IngressServiceBackend" => (SERVICE, "name"),
        _ => return,
    };
    let Some(name) = lower.tree.entry(id, name) else { return };
    let Some(item) = lower.item_of(name.value, target) else { return };
    if target == SERVICE {
        let port =
            lower.tree.at(id, &["port", "number"]).or_else(|| lower.tree.at(id, &["port", "name"]));
        let Some(node) = port else { return };
        let Some(port) = lower.port(node) else { return };
        let spot = lower.spots[node.index()];
        lower.demands.push(Demand { kind: DemandKind::ServicePort(port), item, spot });
        return;
    }
    let Some(key) = lower.tree.entry(id, "key") else { return };
    let text = lower.tree.str(key.value).to_owned();
    let spot = lower.spots[key.value.index()];
    if !text.is_empty() {
        lower.demands.push(Demand { kind: DemandKind::Key(text), item, spot });
    }
}
