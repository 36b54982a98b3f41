//! What other declarations may ask of an item at compile time: ports, keys.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use reactbin_check::{NodeId, Value};

use crate::declare::Declaration;
use crate::kinds::Shape;
use crate::lower::{Lower, SlotKind};
use crate::reference::{SECRET, WORKLOAD};

/// Ports that are known, and whether that is all of them.
struct Ports {
    known: Vec<TokenStream>,
    /// Containers that are declared on their own.
    elsewhere: Vec<TokenStream>,
    complete: bool,
}

/// The aliases, further items and constants that come with a declaration's item.
pub(crate) fn provide(
    lower: &Lower,
    declaration: &Declaration,
    item: &proc_macro2::Ident,
) -> (TokenStream, TokenStream) {
    match declaration.declared.shape {
        shape @ (Shape::Pod | Shape::Template { .. }) => {
            let pod = shape.pod().and_then(|path| lower.tree.at(declaration.root, &path));
            let ports = pod.map_or_else(Ports::unknown, |pod| pod_ports(lower, pod));
            let alias = quote::format_ident!(
                "{}{}",
                stem(declaration),
                WORKLOAD.suffix,
                span = item.span()
            );
            let outside = quote_spanned! {item.span()=>
                #[doc(hidden)]
                #[allow(dead_code, unreachable_pub)]
                pub type #alias = #item;
            };
            (outside, ports.implementation(item))
        }
        Shape::Container | Shape::InitContainer => {
            let ports = container_ports(lower, declaration.root);
            (TokenStream::new(), ports.implementation(item))
        }
        Shape::Plain => match declaration.declared.known() {
            "ConfigMap" => {
                (TokenStream::new(), keys(lower, declaration, item, &["data", "binaryData"]))
            }
            "Secret" => {
                (TokenStream::new(), keys(lower, declaration, item, &["data", "stringData"]))
            }
            "Service" => (TokenStream::new(), service(lower, declaration, item)),
            "VaultStaticSecret" => secret(lower, declaration, item),
            _ => (TokenStream::new(), TokenStream::new()),
        },
    }
}

/// The item's name without its kind.
fn stem(declaration: &Declaration) -> String {
    let item = declaration.item.as_ref().map(ToString::to_string).unwrap_or_default();
    item.strip_suffix(declaration.declared.kind).map(str::to_owned).unwrap_or(item)
}

impl Ports {
    fn unknown() -> Ports {
        Ports { known: Vec::new(), elsewhere: Vec::new(), complete: false }
    }

    fn implementation(&self, item: &proc_macro2::Ident) -> TokenStream {
        let Ports { known, elsewhere, complete } = self;
        quote_spanned! {item.span()=>
            impl __reactbin::HasPorts for #item {
                const PORTS: __reactbin::Ports = __reactbin::Ports {
                    complete: #complete,
                    known: &[#(#known),*],
                    elsewhere: &[#(&<#elsewhere as __reactbin::HasPorts>::PORTS),*],
                };
            }
        }
    }
}

fn pod_ports(lower: &Lower, pod: NodeId) -> Ports {
    let Some(containers) = lower.tree.entry(pod, "containers") else { return Ports::unknown() };
    let Value::List(containers) = lower.tree.get(containers.value) else { return Ports::unknown() };
    let mut all = Ports { known: Vec::new(), elsewhere: Vec::new(), complete: true };
    let init = lower.tree.entry(pod, "initContainers").map(|entry| entry.value);
    let init = init.map(|id| lower.tree.items(id)).unwrap_or_default();
    for (index, container) in containers.iter().chain(init).enumerate() {
        if let Some(slot) = lower.marks[container.index()].slot {
            match lower.slots.get(slot as usize).map(|slot| &slot.kind) {
                // An init container has ended before anyone connects, unless it is a sidecar.
                Some(SlotKind::Fragment { .. }) if index >= containers.len() => {}
                Some(SlotKind::Fragment { item }) => all.elsewhere.push(item.clone()),
                _ => all.complete = false,
            }
            continue;
        }
        let own = container_ports(lower, *container);
        all.complete &= own.complete;
        all.known.extend(own.known);
    }
    all
}

fn container_ports(lower: &Lower, container: NodeId) -> Ports {
    let mut ports = Ports { known: Vec::new(), elsewhere: Vec::new(), complete: true };
    match lower.tree.get(container) {
        Value::Map(_) => {}
        _ => return Ports::unknown(),
    }
    let Some(list) = lower.tree.entry(container, "ports") else { return ports };
    let Value::List(list) = lower.tree.get(list.value) else { return Ports::unknown() };
    for port in list {
        match port_constant(lower, *port, "containerPort") {
            Some(port) => ports.known.push(port),
            None => ports.complete = false,
        }
    }
    ports
}

fn port_constant(lower: &Lower, port: NodeId, number: &str) -> Option<TokenStream> {
    let number = match lower.tree.get(lower.tree.entry(port, number)?.value) {
        Value::Int(number) => number,
        _ => return None,
    };
    let name = match lower.tree.entry(port, "name").map(|entry| lower.tree.get(entry.value)) {
        None => "",
        Some(Value::Str(name)) => name,
        Some(_) => return None,
    };
    Some(quote!(__reactbin::NamedPort { name: #name, number: #number }))
}

fn service(lower: &Lower, declaration: &Declaration, item: &proc_macro2::Ident) -> TokenStream {
    let list = lower.tree.at(declaration.root, &["spec", "ports"]);
    let ports = match list.map(|id| lower.tree.get(id)) {
        Some(Value::List(list)) => {
            let known: Vec<_> =
                list.iter().filter_map(|port| port_constant(lower, *port, "port")).collect();
            Ports { complete: known.len() == list.len(), known, elsewhere: Vec::new() }
        }
        None => Ports { known: Vec::new(), elsewhere: Vec::new(), complete: true },
        _ => Ports::unknown(),
    };
    ports.implementation(item)
}

/// The keys of a ConfigMap or a Secret.
fn keys(
    lower: &Lower,
    declaration: &Declaration,
    item: &proc_macro2::Ident,
    fields: &[&str],
) -> TokenStream {
    let mut known = Vec::new();
    let mut complete = true;
    for field in fields {
        let Some(entry) = lower.tree.entry(declaration.root, field) else { continue };
        match lower.tree.get(entry.value) {
            Value::Map(entries) => {
                known.extend(entries.iter().map(|entry| lower.tree.str(entry.key)))
            }
            _ => complete = false,
        }
    }
    quote! {
        impl __reactbin::HasKeys for #item {
            const KEYS: __reactbin::Keys = __reactbin::Keys { complete: #complete, known: &[#(#known),*] };
        }
    }
}

/// The Secret that a VaultStaticSecret makes is an item too.
fn secret(
    lower: &Lower,
    declaration: &Declaration,
    item: &proc_macro2::Ident,
) -> (TokenStream, TokenStream) {
    let node = lower.tree.at(declaration.root, &["spec", "destination", "name"]);
    let name = node.map(|id| lower.tree.str(id)).unwrap_or_default();
    let span = node.map_or(item.span(), |id| lower.spots[id.index()].start);
    let Some(secret) = crate::names::item_ident(name, SECRET.suffix, span) else {
        return (TokenStream::new(), TokenStream::new());
    };
    let doc = format!(
        "Secret `{name}`, which {} `{}` fills.",
        declaration.declared.kind,
        declaration.name.as_deref().unwrap_or("?")
    );
    let keys = &declaration.keys;
    let complete = !keys.is_empty();
    let outside = quote_spanned! {span=>
        #[doc = #doc]
        #[allow(dead_code, unreachable_pub)]
        pub struct #secret;
    };
    let inside = quote! {
        impl __reactbin::Declared for #secret {
            fn declaration() -> &'static __reactbin::Declaration {
                <#item as __reactbin::Declared>::declaration()
            }
            const NAMED: __reactbin::Named = __reactbin::Named::At(&["spec", "destination", "name"]);
        }
        impl __reactbin::HasKeys for #secret {
            const KEYS: __reactbin::Keys = __reactbin::Keys { complete: #complete, known: &[#(#keys),*] };
        }
    };
    (outside, inside)
}
