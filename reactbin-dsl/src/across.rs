//! What references between complete objects demand: the ports and keys that they name are there.
//!
//! rustc asserts the same of what the declarations say outright; here the values of expressions
//! and parameters are known too.

use std::collections::BTreeMap;

use reactbin_check::suggest::suggest;
use reactbin_check::tree::Paths;
use reactbin_check::{NodeId, Value};

use crate::app::Placed;
use crate::assemble::Object;
use crate::declaration::{Declaration, Named, Reference};

/// Something that an object names of another, and that isn't there.
pub(crate) struct Missing<'a> {
    /// The object that names it.
    pub(crate) object: &'a Object,
    /// Where.
    pub(crate) node: NodeId,
    /// What is wrong.
    pub(crate) message: String,
    /// What is there.
    pub(crate) help: String,
}

/// The objects by their declarations.
pub(crate) type Homes<'a> = BTreeMap<*const Declaration, &'a Object>;

/// The objects by their declarations.
pub(crate) fn homes(placed: &[Placed]) -> Homes<'_> {
    let declared = placed.iter().filter_map(|placed| {
        let declaration = placed.object.declaration?;
        Some((std::ptr::from_ref(declaration), &placed.object))
    });
    declared.collect()
}

/// Every port and key that an object names of another and that isn't there.
pub(crate) fn missing<'a>(placed: &'a [Placed], homes: &Homes<'a>) -> Vec<Missing<'a>> {
    let mut all = Vec::new();
    for Placed { object, .. } in placed.iter().filter(|placed| !placed.object.references.is_empty())
    {
        let paths = Paths::new(&object.tree, object.root);
        for (node, reference) in &object.references {
            let Some(target) = homes.get(&std::ptr::from_ref(reference.declaration())) else {
                continue;
            };
            let Some(around) = paths.parent(*node) else { continue };
            match target.kind_name() {
                "Service" => check_backend(object, around, target, &mut all),
                "ConfigMap" | "Secret" | "VaultStaticSecret" => {
                    check_keys(object, around, reference, target, &mut all);
                }
                _ if object.kind_name() == "Service" => check_targets(object, target, &mut all),
                _ => {}
            }
        }
    }
    all
}

/// A port's name and number.
type Port<'a> = (&'a str, i64);

fn ports_of<'a>(object: &'a Object, list: Option<NodeId>, number: &str) -> Vec<Port<'a>> {
    let tree = &object.tree;
    let ports = list.map(|list| tree.items(list)).unwrap_or_default().iter();
    let port = |port: &NodeId| {
        let name = tree.entry(*port, "name").map_or("", |entry| tree.str(entry.value));
        match tree.entry(*port, number).map(|entry| tree.get(entry.value)) {
            Some(Value::Int(number)) => Some((name, number)),
            _ => None,
        }
    };
    ports.filter_map(port).collect()
}

/// The ports of a workload's containers.
fn container_ports(workload: &Object) -> Vec<Port<'_>> {
    let tree = &workload.tree;
    let path = workload.kind().and_then(|kind| kind.ty.pod());
    let holder = path.and_then(|path| tree.at(workload.root, path.template));
    let Some(pod) = holder.and_then(|holder| tree.at(holder, &["spec"])) else {
        return Vec::new();
    };
    let mut ports = Vec::new();
    for list in ["containers", "initContainers"] {
        let containers = tree.at(pod, &[list]).map(|list| tree.items(list)).unwrap_or_default();
        for container in containers {
            ports.extend(ports_of(workload, tree.at(*container, &["ports"]), "containerPort"));
        }
    }
    ports
}

/// Whether a node names one of these ports; nothing can be said of anything but a number or name.
fn is_there(object: &Object, node: NodeId, ports: &[Port<'_>]) -> bool {
    if object.placeholders.contains(&node) {
        return true;
    }
    match object.tree.get(node) {
        Value::Int(0) => true,
        Value::Int(wanted) => ports.iter().any(|(_, number)| *number == wanted),
        Value::Str(wanted) => ports.iter().any(|(name, _)| *name == wanted),
        _ => true,
    }
}

fn shown(object: &Object, node: NodeId) -> String {
    match object.tree.get(node) {
        Value::Int(number) => number.to_string(),
        _ => object.tree.str(node).to_owned(),
    }
}

fn list(ports: &[Port<'_>]) -> String {
    let named = |(name, number): &Port<'_>| match *name {
        "" => format!("`{number}`"),
        name => format!("`{number}` (`{name}`)"),
    };
    ports.iter().map(named).collect::<Vec<_>>().join(", ")
}

/// The ports that a Service sends to, in the workload that it selects.
fn check_targets<'a>(service: &'a Object, workload: &Object, all: &mut Vec<Missing<'a>>) {
    let tree = &service.tree;
    let ports = container_ports(workload);
    let own = tree.at(service.root, &["spec", "ports"]).map(|list| tree.items(list));
    for port in own.unwrap_or_default() {
        let target = tree.entry(*port, "targetPort").or_else(|| tree.entry(*port, "port"));
        let Some(target) = target.filter(|target| !is_there(service, target.value, &ports)) else {
            continue;
        };
        let message = format!(
            "no container of {} `{}` has the port `{}`",
            workload.kind_name(),
            workload.name(),
            shown(service, target.value),
        );
        let help = match ports.as_slice() {
            [] => "declare it in `ports` of the workload".to_owned(),
            ports => format!("its container ports are {}", list(ports)),
        };
        all.push(Missing { object: service, node: target.value, message, help });
    }
}

/// The port of a Service that an Ingress sends to.
fn check_backend<'a>(
    object: &'a Object,
    backend: NodeId,
    service: &Object,
    all: &mut Vec<Missing<'a>>,
) {
    let tree = &object.tree;
    let port = ["number", "name"].iter().find_map(|field| tree.at(backend, &["port", field]));
    let ports = ports_of(service, service.tree.at(service.root, &["spec", "ports"]), "port");
    let Some(node) = port.filter(|node| !is_there(object, *node, &ports)) else { return };
    let message = format!("Service `{}` has no port `{}`", service.name(), shown(object, node));
    let help = match ports.as_slice() {
        [] => "declare it in `ports` of the Service".to_owned(),
        ports => format!("its ports are {}", list(ports)),
    };
    all.push(Missing { object, node, message, help });
}

/// The keys that are known of what a reference names; `None` where not all are.
fn keys_of<'a>(reference: &Reference, target: &'a Object) -> Option<Vec<&'a str>> {
    if let Named::At(_) = reference.named {
        let keys = reference.declaration().keys;
        return (!keys.is_empty()).then(|| keys.to_vec());
    }
    let tree = &target.tree;
    let fields = ["data", "binaryData", "stringData"];
    let entries = fields.iter().filter_map(|field| tree.at(target.root, &[field]));
    let keys: Vec<&str> =
        entries.flat_map(|map| tree.entries(map)).map(|entry| tree.str(entry.key)).collect();
    // A Secret without any is filled by something else.
    (target.kind_name() == "ConfigMap" || !keys.is_empty()).then_some(keys)
}

/// What a reference names: the object, or the Secret that it causes to be made.
fn named(reference: &Reference, target: &Object) -> String {
    match reference.named {
        Named::Metadata => format!("{} `{}`", target.kind_name(), target.name()),
        Named::At(path) => {
            let name = target.tree.at(target.root, path).map(|id| target.tree.str(id));
            format!("Secret `{}`", name.unwrap_or_default())
        }
    }
}

/// The keys of a ConfigMap or Secret, one by one or as the items of a volume.
fn check_keys<'a>(
    object: &'a Object,
    around: NodeId,
    reference: &Reference,
    target: &Object,
    all: &mut Vec<Missing<'a>>,
) {
    let tree = &object.tree;
    if tree.at(around, &["optional"]).is_some_and(|id| matches!(tree.get(id), Value::Bool(true))) {
        return;
    }
    let Some(keys) = keys_of(reference, target) else { return };
    let items = tree.at(around, &["items"]).map(|list| tree.items(list)).unwrap_or_default();
    let maps = [around].into_iter().chain(items.iter().copied());
    for node in maps.filter_map(|map| tree.at(map, &["key"])) {
        let Value::Str(key) = tree.get(node) else { continue };
        if keys.contains(&key) || object.placeholders.contains(&node) {
            continue;
        }
        let message = format!("{} has no key `{key}`", named(reference, target));
        let help = match suggest(key, keys.iter().copied()) {
            Some(meant) => format!("use `{meant}`"),
            None if keys.is_empty() => "declare it".to_owned(),
            None => format!("the declared keys are `{}`", keys.join("`, `")),
        };
        all.push(Missing { object, node, message, help });
    }
}
