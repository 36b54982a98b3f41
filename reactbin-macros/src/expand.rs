//! From a lowered declaration to Rust items: one data literal, its slots, and the item with the
//! constants that other declarations ask for.
//!
//! Expansions name only `$crate::__private` (as `__reactbin`) and `::core`.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use reactbin_check::facts::{Ty, TypeDef};
use reactbin_check::wire::Annotated;

use crate::declare::Declaration;
use crate::kinds::Shape;
use crate::lower::{Demand, DemandKind, Lower, Port, Slot, SlotKind, TextPart};
use crate::provides::provide;

/// The expansion of a declaration, right or wrong.
///
/// A broken declaration still defines its item, of which nothing is known, so that what refers to
/// it is no error too.
pub(crate) fn expand(krate: &TokenStream, lower: &Lower, declaration: &Declaration) -> TokenStream {
    let errors = lower.errors.to_tokens();
    let Some(item) = &declaration.item else { return errors };
    let what = match declaration.declared.shape {
        Shape::Container => "Container",
        Shape::InitContainer => "Init container",
        _ => declaration.declared.kind,
    };
    let doc = match &declaration.name {
        Some(name) => format!("{what} `{name}`."),
        None => format!("{what} with a name that is computed."),
    };
    let broken = !lower.errors.is_empty();
    let (outside, provided) = provide(lower, declaration, item);
    let provided = if broken { provided_by_broken(declaration, item, &outside, provided) } else { provided };
    let data = if broken { String::new() } else { encode(lower, declaration) };
    let slots: Vec<TokenStream> =
        if broken { Vec::new() } else { lower.slots.iter().map(expand_slot).collect() };
    let mentions = broken.then(|| lower.slots.iter().filter_map(expand_mention).collect::<TokenStream>());
    let demands: Vec<TokenStream> =
        if broken { Vec::new() } else { lower.demands.iter().map(expand_demand).collect() };
    let file = match &declaration.file {
        Some(file) => quote!(::core::option::Option::Some(#file)),
        None => quote!(::core::option::Option::None),
    };
    let role = match declaration.declared.shape {
        Shape::Container => quote!(Container),
        Shape::InitContainer => quote!(InitContainer),
        _ => quote!(Object),
    };
    let item_name = item.to_string();
    // At the name, so that rustc points there when two declarations are of one name.
    let definition = quote_spanned! {item.span()=>
        #[doc = #doc]
        #[allow(dead_code, unreachable_pub)]
        pub struct #item;
    };
    let declared = quote_spanned! {item.span()=>
        impl __reactbin::Declared for #item {
            fn declaration() -> &'static __reactbin::Declaration {
                &DECLARATION
            }
        }
    };
    let data = quote! {
        static DECLARATION: __reactbin::Declaration = __reactbin::Declaration {
            data: #data,
            slots: &[#(#slots),*],
            role: __reactbin::Role::#role,
            item: #item_name,
            module: ::core::module_path!(),
            source: ::core::file!(),
            file: #file,
        };
    };
    // What linkme's attribute would expand to, without a function that checks the type: it is
    // the one above, and rustc would take as long for that function as for everything else here.
    let registered = !broken && !matches!(declaration.declared.shape, Shape::Container | Shape::InitContainer);
    let data = if registered {
        quote!(__reactbin::DECLARATIONS! { #![linkme_macro = __reactbin::DECLARATIONS] #data })
    } else {
        data
    };
    quote! {
        #errors
        #definition
        #outside
        const _: () = {
            use #krate::__private as __reactbin;
            #data
            #declared
            #provided
            #mentions
            #(#demands)*
        };
    }
}

/// Of a broken declaration nothing is known, so nothing that refers to it is wrong.
fn provided_by_broken(
    declaration: &Declaration,
    item: &Ident,
    _outside: &TokenStream,
    provided: TokenStream,
) -> TokenStream {
    let unknown_ports = quote_spanned! {item.span()=>
        impl __reactbin::HasPorts for #item {
            const PORTS: __reactbin::Ports = __reactbin::Ports::UNKNOWN;
        }
    };
    match (declaration.declared.shape, declaration.declared.kind) {
        (Shape::Plain, "Service") => unknown_ports,
        (Shape::Plain, _) => provided,
        _ => unknown_ports,
    }
}

fn encode(lower: &Lower, declaration: &Declaration) -> String {
    let annotated = Annotated {
        tree: lower.tree.clone(),
        root: declaration.root,
        marks: lower.marks.clone(),
    };
    annotated.encode()
}

fn expand_slot(slot: &Slot) -> TokenStream {
    let span = slot.spot.start;
    match &slot.kind {
        SlotKind::Value { expression, ty } => {
            let marker = marker(ty);
            let value = quote_spanned!(span=> __reactbin::value::<#marker, _>(#expression));
            quote!(__reactbin::Slot::Value(|| #value))
        }
        SlotKind::Name { item, .. } => {
            let of = quote_spanned!(span=> __reactbin::Reference::to::<#item>());
            quote!(__reactbin::Slot::Name(#of))
        }
        SlotKind::Fragment { item } => {
            let of = quote_spanned!(span=> __reactbin::Reference::to::<#item>());
            quote!(__reactbin::Slot::Fragment(#of))
        }
        SlotKind::Selector { item } => {
            let of = quote_spanned!(span=> __reactbin::Reference::to::<#item>());
            quote!(__reactbin::Slot::Selector(#of))
        }
        SlotKind::Text { parts, ty } => {
            let parts = parts.iter().map(|part| match part {
                TextPart::Literal(text) => quote!(__reactbin::TextPart::Literal(#text)),
                TextPart::Parameter { item, spot } => {
                    let of = quote_spanned!(spot.start=> <#item as __reactbin::ParameterItem>::PARAMETER);
                    quote!(__reactbin::TextPart::Parameter(#of))
                }
            });
            let text = matches!(ty, Ty::String | Ty::Quantity | Ty::Time | Ty::MicroTime | Ty::Bytes);
            quote!(__reactbin::Slot::Text { parts: &[#(#parts),*], text: #text })
        }
    }
}

/// The items that a broken declaration refers to are looked up all the same.
fn expand_mention(slot: &Slot) -> Option<TokenStream> {
    let item = match &slot.kind {
        SlotKind::Name { item, .. } | SlotKind::Fragment { item } | SlotKind::Selector { item } => item,
        _ => return None,
    };
    let span = slot.spot.start;
    Some(quote_spanned!(span=> const _: ::core::marker::PhantomData<#item> = ::core::marker::PhantomData;))
}

fn expand_demand(demand: &Demand) -> TokenStream {
    let Demand { kind, item, spot } = demand;
    let span = spot.start;
    match kind {
        DemandKind::ContainerPort(port) | DemandKind::ServicePort(port) => {
            let what = match kind {
                DemandKind::ContainerPort(_) => quote_spanned!(span=> container),
                _ => quote_spanned!(span=> service),
            };
            let port = match port {
                Port::Number(number) => quote_spanned!(span=> number(#number)),
                Port::Name(name) => quote_spanned!(span=> name(#name)),
            };
            quote_spanned!(span=> const _: () = __reactbin::demand::#what::<#item>(__reactbin::demand::#port);)
        }
        DemandKind::Type(types, takes) => {
            let types = types.iter().map(|ty| ty.name());
            quote_spanned! {span=>
                const _: () = __reactbin::demand::parameter::<#item>(&[#(#types),*], #takes);
            }
        }
        DemandKind::Key(key) => {
            quote_spanned!(span=> const _: () = __reactbin::demand::key::<#item>(#key);)
        }
    }
}

/// The Rust type that stands for a field's type in the facade.
fn marker(ty: &Ty) -> TokenStream {
    match ty {
        Ty::Any | Ty::AnyObject => quote!(__reactbin::field::Any),
        Ty::Bool => quote!(__reactbin::field::Boolean),
        Ty::Int32 => quote!(__reactbin::field::Int32),
        Ty::Int64 => quote!(__reactbin::field::Int64),
        Ty::Double => quote!(__reactbin::field::Number),
        Ty::String | Ty::Bytes | Ty::Time | Ty::MicroTime => quote!(__reactbin::field::Text),
        Ty::Quantity => quote!(__reactbin::field::Quantity),
        Ty::IntOrString => quote!(__reactbin::field::IntOrString),
        Ty::Object(ty) => match typed(ty) {
            Some(path) => quote!(__reactbin::field::Object<#path>),
            None => quote!(__reactbin::field::Any),
        },
        Ty::List(item) => {
            let item = marker(item);
            quote!(__reactbin::field::List<#item>)
        }
        Ty::Map(item) => {
            let item = marker(item);
            quote!(__reactbin::field::Map<#item>)
        }
    }
}

/// The k8s-openapi type of a type; `None` for those of custom kinds.
fn typed(ty: &TypeDef) -> Option<TokenStream> {
    let first = ty.name.split('.').next()?;
    if !matches!(first, "api" | "apimachinery" | "apiextensions-apiserver" | "kube-aggregator") {
        return None;
    }
    let path: Vec<Ident> = ty
        .name
        .split('.')
        .map(|part| syn::parse_str::<Ident>(&part.replace('-', "_")).ok())
        .collect::<Option<_>>()?;
    Some(quote!(__reactbin::k8s_openapi::#(#path)::*))
}
