//! `image! { … }`: an image that containers run, and what its Dockerfile says of it.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use reactbin_check::facts::{Ty, type_def};
use reactbin_check::formats::Format;
use reactbin_check::suggest::suggest;
use reactbin_check::{NodeId, Value as Plain};

use crate::Invocation;
use crate::attributes::refuse_above;
use crate::dockerfile::{Facts, Kind, Put, User};
use crate::errors::Errors;
use crate::expand::{Aliases, expand_slot};
use crate::levels::CONTAINER;
use crate::lower::Lower;
use crate::names::upper_camel;
use crate::parse::parse_entries;
use crate::reference::IMAGE;
use crate::spot::Spot;
use crate::syntax::{Entry, Value, ValueKind, ident_text};

mod facts;

const KEYS: &[&str] = &["name", "reference", "dockerfile", "context", "target", "user", "provides"];

/// What an author says of an image.
#[derive(Default)]
struct Image {
    name: Option<String>,
    /// The node of its reference.
    reference: Option<NodeId>,
    dockerfile: Option<(String, Spot)>,
    /// The build context; without one it is the Dockerfile's directory.
    context: Option<(String, Spot)>,
    target: Option<(String, Spot)>,
    user: Option<(i64, Spot)>,
    provides: Vec<String>,
}

pub(crate) fn expand_image(invocation: Invocation) -> TokenStream {
    let Invocation { krate, body, around, home } = invocation;
    let mut errors = Errors::default();
    let entries = parse_entries(body, around, &mut errors);
    let mut lower = Lower::new(errors, home);
    let mut image = Image::default();
    let mut name_spot = entries.first().map_or(around, |entry| entry.key.spot);
    let mut doc = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        refuse_above(entry, "write it above the container that runs the image", &mut lower.errors);
        doc.extend(entry.above.docs.iter().cloned());
        match entries[..index].iter().find(|first| first.key.text == entry.key.text) {
            Some(first) => lower.errors.twice(&entry.key, &first.key),
            None => read(&mut image, entry, &mut name_spot, &mut lower),
        }
    }
    let given = [("name", image.name.is_some()), ("reference", image.reference.is_some())];
    for (key, _) in given.iter().filter(|(_, given)| !given) {
        if lower.errors.is_empty() {
            lower
                .errors
                .push(name_spot, format!("`image!` has no `{key}`"))
                .help(format!("write `{key}: …`"));
        }
    }
    let facts = facts::find(&image, &mut lower.errors);
    let Some(name) = image.name.take().filter(|name| syn::parse_str::<syn::Ident>(name).is_ok())
    else {
        return lower.errors.to_tokens();
    };
    let item = format_ident!("{}{}", upper_camel(&name), IMAGE.suffix, span = name_spot.start);
    let item_doc = if doc.is_empty() { format!("Image `{name}`.") } else { doc.join("\n") };
    let definition = quote_spanned! {item.span()=>
        #[doc = #item_doc]
        #[allow(dead_code, unreachable_pub)]
        pub struct #item;
    };
    let watched = watched(&image, facts.as_ref());
    let aliases = Aliases::of(&lower);
    let constant = constant(&image, facts, &lower, &aliases);
    let aliases = aliases.definitions();
    let errors = lower.errors.to_tokens();
    let implementation = quote_spanned! {item.span()=>
        impl __reactbin::ImageItem for #item {
            const IMAGE: &'static __reactbin::Image = &IMAGE;
        }
    };
    quote! {
        #errors
        #definition
        const _: () = {
            use #krate::__private as __reactbin;
            #aliases
            static IMAGE: __reactbin::Image = #constant;
            #implementation
            #watched
        };
    }
}

fn read(image: &mut Image, entry: &Entry, name_spot: &mut Spot, lower: &mut Lower) {
    let value = &entry.value;
    match entry.key.text.as_str() {
        "name" => {
            *name_spot = value.spot;
            image.name = read_name(value, &mut lower.errors);
        }
        "reference" => image.reference = read_reference(value, lower),
        "dockerfile" => {
            image.dockerfile =
                text(value, "dockerfile", "\"../api/Dockerfile\"", &mut lower.errors);
        }
        "context" => image.context = text(value, "context", "\"../api\"", &mut lower.errors),
        "target" => image.target = read_target(value, &mut lower.errors),
        "user" => match value.kind {
            ValueKind::Int(id) if id >= 0 => image.user = Some((id, value.spot)),
            ValueKind::Wrong => {}
            _ => {
                lower
                    .errors
                    .push(value.spot, "`user` is the number of a user")
                    .help("write `user: 1001`");
            }
        },
        "provides" => {
            image.provides = read_paths(value, "provides", &mut lower.errors)
                .into_iter()
                .map(|(path, _)| path)
                .collect()
        }
        key => {
            let error = lower.errors.push(entry.key.spot, format!("`image!` has no key `{key}`"));
            let keys: Vec<String> = KEYS.iter().map(|key| format!("`{key}`")).collect();
            match suggest(key, KEYS.iter().copied()) {
                Some(meant) => error.help(format!("use `{meant}`")),
                None => error.help(format!("the keys are {}", keys.join(", "))),
            };
        }
    }
}

fn read_name(value: &Value, errors: &mut Errors) -> Option<String> {
    let help = match &value.kind {
        ValueKind::Path(path) if path.ident().is_some() => return Some(ident_text(&path.last)),
        ValueKind::Wrong => return None,
        ValueKind::Str(text) if text.is_ascii() => {
            format!("write `name: {}`", text.replace(['-', '.', '/', ':'], "_"))
        }
        _ => "write `name: my_image`".to_owned(),
    };
    errors.push(value.spot, "an image's name is an identifier").help(help);
    None
}

/// The text that containers have in `image`, as in any field that takes an image.
fn read_reference(value: &Value, lower: &mut Lower) -> Option<NodeId> {
    let container = type_def(CONTAINER)?;
    let field = container.field("image")?;
    let node = lower.lower_value(value, &Ty::String, container, Some(field));
    match lower.tree.get(node) {
        Plain::Str("") => {
            lower
                .errors
                .push(value.spot, "a reference to an image isn't empty")
                .help("write `reference: \"api:1.0\"`");
        }
        Plain::Str(text) => {
            if let Err(violation) = Format::ImageReference.check(text) {
                lower.errors.invalid(value.spot, Format::ImageReference, violation);
            }
        }
        Plain::Unknown => {}
        _ => {
            lower
                .errors
                .push(value.spot, "a reference to an image is a text")
                .help("write `reference: \"api:1.0\"`");
        }
    }
    Some(node)
}

fn text(value: &Value, key: &str, example: &str, errors: &mut Errors) -> Option<(String, Spot)> {
    match &value.kind {
        ValueKind::Str(text) if !text.is_empty() && !text.starts_with('/') => {
            return Some((text.clone(), value.spot));
        }
        ValueKind::Wrong => return None,
        _ => {}
    }
    errors
        .push(value.spot, format!("`{key}` is a path from the folder of the crate's Cargo.toml"))
        .help(format!("write `{key}: {example}`"));
    None
}

fn read_target(value: &Value, errors: &mut Errors) -> Option<(String, Spot)> {
    match &value.kind {
        ValueKind::Str(text) => return Some((text.clone(), value.spot)),
        ValueKind::Path(path) if path.ident().is_some() => {
            return Some((ident_text(&path.last), value.spot));
        }
        ValueKind::Wrong => return None,
        _ => {}
    }
    errors
        .push(value.spot, "`target` is the name of a stage of the Dockerfile")
        .help("write `target: runtime`");
    None
}

/// A list of absolute paths in an image.
pub(crate) fn read_paths(value: &Value, key: &str, errors: &mut Errors) -> Vec<(String, Spot)> {
    let ValueKind::List(items) = &value.kind else {
        if !matches!(value.kind, ValueKind::Wrong) {
            errors
                .push(value.spot, format!("`{key}` is a list of paths in the image"))
                .help(format!("write `{key}: [\"/app/settings.ini\"]`"));
        }
        return Vec::new();
    };
    let mut paths = Vec::with_capacity(items.len());
    for item in items {
        let spot = item.value.spot;
        let text = match &item.value.kind {
            ValueKind::Str(text) => text,
            ValueKind::Wrong => continue,
            _ => {
                errors
                    .push(spot, format!("`{key}` takes paths as texts"))
                    .help(format!("write `{key}: [\"/app/settings.ini\"]`"));
                continue;
            }
        };
        let path = text.trim_end_matches('/');
        let plain = path
            .strip_prefix('/')
            .is_some_and(|inner| !inner.split('/').any(|part| matches!(part, "" | "." | "..")));
        if plain {
            paths.push((path.to_owned(), spot));
        } else {
            let parts = text.split('/').filter(|part| !matches!(*part, "" | "." | ".."));
            let fixed: String = parts.map(|part| format!("/{part}")).collect();
            errors.push(spot, format!("`{text}` is no absolute path in the image")).help(
                match fixed.is_empty() {
                    true => "write a path such as `\"/app/settings.ini\"`".to_owned(),
                    false => format!("use `\"{fixed}\"`"),
                },
            );
        }
    }
    paths
}

impl Image {
    /// The build context, as it is shown.
    fn context(&self) -> &str {
        match (&self.context, &self.dockerfile) {
            (Some((context, _)), _) => context,
            (None, Some((dockerfile, _))) => {
                dockerfile.rsplit_once('/').map_or(".", |(directory, _)| directory)
            }
            (None, None) => "",
        }
    }
}

/// Has rustc read the Dockerfile, so that an edit of it checks everything again.
fn watched(image: &Image, facts: Option<&Facts>) -> TokenStream {
    let (Some((path, spot)), Some(_)) = (&image.dockerfile, facts) else {
        return TokenStream::new();
    };
    let from_root = format!("/{path}");
    quote_spanned! {spot.start=>
        const _: &[u8] = ::core::include_bytes!(
            ::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), #from_root)
        );
    }
}

fn constant(image: &Image, facts: Option<Facts>, lower: &Lower, aliases: &Aliases) -> TokenStream {
    let broken = !lower.errors.is_empty();
    let slot = image.reference.and_then(|node| lower.marks[node.index()].slot);
    let reference = match slot.and_then(|slot| lower.slots.get(slot as usize)) {
        Some(slot) => expand_slot(slot, aliases, &lower.home),
        None => {
            let text = image.reference.map(|node| lower.tree.str(node)).unwrap_or_default();
            quote! {
                __reactbin::Slot::Text { parts: &[__reactbin::TextPart::Literal(#text)], text: true }
            }
        }
    };
    // Of a broken image nothing is known, and it isn't said to be without a Dockerfile either.
    let dockerfile = match &image.dockerfile {
        Some((path, _)) => path,
        None if broken => "Dockerfile",
        None => "",
    };
    let context = image.context();
    let facts = facts.filter(|_| !broken).unwrap_or_else(Facts::unknown);
    let user = expand_user(image, &facts);
    let Facts { ports, all_ports, paths, all_paths, .. } = facts;
    let ports = ports.iter().map(|ports| {
        let (first, last, protocol) = (ports.first, ports.last, &ports.protocol);
        quote!(__reactbin::PortRange { first: #first, last: #last, protocol: #protocol })
    });
    let provided = image.provides.iter().map(|path| Put {
        path: path.clone(),
        kind: Kind::Tree,
        source: String::new(),
        line: 0,
    });
    let paths = provided.chain(paths).map(|put| {
        let Put { path, kind, source, line } = put;
        let kind = match kind {
            Kind::Directory => quote!(Directory),
            Kind::File => quote!(File),
            Kind::Tree => quote!(Tree),
            Kind::Missing => quote!(Missing),
        };
        let line = line as u32;
        quote! {
            __reactbin::ImagePath {
                path: #path,
                kind: __reactbin::PathKind::#kind,
                source: #source,
                line: #line,
            }
        }
    });
    quote! {
        __reactbin::Image {
            reference: #reference,
            dockerfile: #dockerfile,
            context: #context,
            root: ::core::env!("CARGO_MANIFEST_DIR"),
            user: __reactbin::ImageUser::#user,
            ports: __reactbin::ImagePorts { complete: #all_ports, known: &[#(#ports),*] },
            paths: __reactbin::ImagePaths { complete: #all_paths, known: &[#(#paths),*] },
        }
    }
}

fn expand_user(image: &Image, facts: &Facts) -> TokenStream {
    let id = |id: i64, line: u32| quote!(Id { id: #id, line: #line });
    match (&image.user, &facts.user) {
        (said, User::Name { name, line }) => {
            let line = *line as u32;
            let id = match said {
                Some((id, _)) => quote!(::core::option::Option::Some(#id)),
                None => quote!(::core::option::Option::None),
            };
            quote!(Name { name: #name, id: #id, line: #line })
        }
        (Some((said, _)), _) => id(*said, 0),
        (None, User::Id { id: said, line }) => id(*said, *line as u32),
        (None, User::Unsaid) => quote!(Unsaid),
        (None, User::Unknown) => quote!(Unknown),
    }
}
