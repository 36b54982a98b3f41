//! From a lowered declaration to Rust items: one data literal, its slots, and the item with the
//! constants that other declarations ask for.
//!
//! Expansions name only `$crate::__private` (as `__reactbin`) and `::core`.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use reactbin_check::facts::{Ty, TypeDef};
use reactbin_check::wire;

use crate::contract::{EnvDemand, Required, Waived};
use crate::declare::Declaration;
use crate::kinds::Shape;
use crate::lower::{Demand, DemandKind, Lower, ObjectForm, Port, Slot, SlotKind, TextPart};
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
    let provided =
        if broken { provided_by_broken(declaration, item, &outside, provided) } else { provided };
    let data = if broken {
        String::new()
    } else {
        wire::encode(&lower.tree, declaration.root, &lower.marks)
    };
    let aliases = Aliases::of(lower);
    let mentions = aliases.definitions();
    let slots: Vec<TokenStream> = if broken {
        Vec::new()
    } else {
        lower.slots.iter().map(|slot| expand_slot(slot, &aliases, &lower.home)).collect()
    };
    let demands: Vec<TokenStream> = if broken {
        Vec::new()
    } else {
        let of_items = lower.demands.iter().map(|demand| expand_demand(demand, &aliases));
        let envs = lower.envs.iter().enumerate();
        let of_envs = envs.map(|(index, env)| expand_env(index, env, &aliases));
        let waived = lower.waived.iter().map(|waived| expand_waived(waived, &aliases));
        of_items.chain(of_envs).chain(waived).collect()
    };
    let file = match &declaration.file {
        Some(file) => quote!(::core::option::Option::Some(#file)),
        None => quote!(::core::option::Option::None),
    };
    let keys = &declaration.keys;
    // Not `file!()`: positions are those of the author's tokens, wherever a macro puts them.
    let source = &lower.home;
    // At the name, so that rustc points there when two declarations are of one name.
    let definition = quote_spanned! {item.span()=>
        #[doc = #doc]
        #[allow(dead_code, unreachable_pub)]
        pub struct #item;
    };
    let has_pods = matches!(declaration.declared.shape, Shape::Template { .. });
    let declared = quote_spanned! {item.span()=>
        impl __reactbin::Declared for #item {
            fn declaration() -> &'static __reactbin::Declaration {
                &DECLARATION
            }
            const HAS_PODS: bool = #has_pods;
        }
    };
    let data = quote! {
        static DECLARATION: __reactbin::Declaration = __reactbin::Declaration {
            data: #data,
            slots: &[#(#slots),*],
            module: ::core::module_path!(),
            source: #source,
            file: #file,
            keys: &[#(#keys),*],
        };
    };
    // What linkme's attribute would expand to, without a function that checks the type: it is
    // the one above, and rustc would take as long for that function as for everything else here.
    let registered =
        !broken && !matches!(declaration.declared.shape, Shape::Container | Shape::InitContainer);
    let data = if registered {
        quote!(__reactbin::DECLARATIONS! { #![linkme_macro = __reactbin::DECLARATIONS] #data })
    } else {
        data
    };
    let security = declaration.pod_security.filter(|_| registered).map(|security| {
        let security = security.to_tokens();
        quote! {
            #[__reactbin::linkme::distributed_slice(__reactbin::POD_SECURITY)]
            #[linkme(crate = __reactbin::linkme)]
            static SECURITY: __reactbin::NamespaceSecurity =
                __reactbin::NamespaceSecurity { namespace: &DECLARATION, security: #security };
        }
    });
    quote! {
        #errors
        #definition
        #outside
        const _: () = {
            use #krate::__private as __reactbin;
            #mentions
            #data
            #security
            #declared
            #provided
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
    match (declaration.declared.shape, declaration.declared.known()) {
        (Shape::Plain, "Service") => unknown_ports,
        (Shape::Plain, _) => provided,
        _ => unknown_ports,
    }
}

/// The items that a declaration refers to, each under one local name, so that one that isn't there
/// is one error however often it is named. A broken declaration has them too.
pub(crate) struct Aliases(Vec<(String, TokenStream)>);

impl Aliases {
    pub(crate) fn of(lower: &Lower) -> Aliases {
        let mut aliases = Aliases(Vec::new());
        for slot in &lower.slots {
            match &slot.kind {
                SlotKind::Name { item, .. }
                | SlotKind::Fragment { item }
                | SlotKind::Image { item, .. }
                | SlotKind::Selector { item }
                | SlotKind::Object { item, .. } => {
                    aliases.add(item);
                }
                SlotKind::Text { parts, .. } => {
                    for part in parts {
                        if let TextPart::Parameter { item, .. } = part {
                            aliases.add(item);
                        }
                    }
                }
                SlotKind::Value { .. } => {}
            }
        }
        aliases
    }

    fn add(&mut self, item: &TokenStream) {
        let text = item.to_string();
        if self.0.iter().all(|(other, _)| *other != text) {
            self.0.push((text, item.clone()));
        }
    }

    pub(crate) fn definitions(&self) -> TokenStream {
        let definitions = self.0.iter().map(|(_, item)| {
            let alias = self.name(item, Span::call_site());
            quote!(#[allow(dead_code)] type #alias = #item;)
        });
        definitions.collect()
    }

    /// The local name of an item, at the token that refers to it.
    fn name(&self, item: &TokenStream, span: Span) -> Ident {
        let text = item.to_string();
        let index = self.0.iter().position(|(other, _)| *other == text).unwrap_or_default();
        format_ident!("__Item{index}", span = span)
    }
}

pub(crate) fn expand_slot(slot: &Slot, aliases: &Aliases, home: &str) -> TokenStream {
    let span = slot.spot.start;
    let reference = |item: &TokenStream| {
        let alias = aliases.name(item, span);
        quote_spanned!(span=> __reactbin::Reference::to::<#alias>())
    };
    match &slot.kind {
        SlotKind::Value { expression, ty } => {
            let marker = marker(ty);
            let value = quote_spanned!(span=> __reactbin::field::of::<#marker>().value #expression);
            // In a block, so that rustc's parser goes on behind an expression that is none.
            quote!(__reactbin::Slot::Value(|| { #value }))
        }
        SlotKind::Name { item, .. } => {
            let of = reference(item);
            quote!(__reactbin::Slot::Name(#of))
        }
        SlotKind::Fragment { item } => {
            let of = reference(item);
            quote!(__reactbin::Slot::Fragment(#of))
        }
        SlotKind::Image { item, needs } => {
            let alias = aliases.name(item, span);
            let of = quote_spanned!(span=> <#alias as __reactbin::ImageItem>::IMAGE);
            let needs = needs.iter().map(|(path, spot)| {
                let (start, end) = match spot.position(home) {
                    Some(p) => ((p.line, p.column), (p.end_line, p.end_column)),
                    None => ((0, 0), (0, 0)),
                };
                let ((line, column), (end_line, end_column)) = (start, end);
                quote! {
                    __reactbin::Need {
                        path: #path,
                        position: (#line, #column, #end_line, #end_column),
                    }
                }
            });
            quote!(__reactbin::Slot::Image { image: #of, needs: &[#(#needs),*] })
        }
        SlotKind::Selector { item } => {
            let of = reference(item);
            quote!(__reactbin::Slot::Selector(#of))
        }
        SlotKind::Object { item, form } => {
            let of = reference(item);
            let form = match form {
                ObjectForm::Target => quote!(Target),
                ObjectForm::Role => quote!(Role),
                ObjectForm::Subject => quote!(Subject),
            };
            quote!(__reactbin::Slot::Object(#of, __reactbin::ObjectForm::#form))
        }
        SlotKind::Text { parts, ty } => {
            let parts = parts.iter().map(|part| match part {
                TextPart::Literal(text) => quote!(__reactbin::TextPart::Literal(#text)),
                TextPart::Parameter { item, spot } => {
                    let alias = aliases.name(item, spot.start);
                    let of = quote_spanned!(spot.start=> <#alias as __reactbin::ParameterItem>::PARAMETER);
                    quote!(__reactbin::TextPart::Parameter(#of))
                }
            });
            let text =
                matches!(ty, Ty::String | Ty::Quantity | Ty::Time | Ty::MicroTime | Ty::Bytes);
            quote!(__reactbin::Slot::Text { parts: &[#(#parts),*], text: #text })
        }
    }
}

fn expand_demand(demand: &Demand, aliases: &Aliases) -> TokenStream {
    let Demand { kind, item, spot } = demand;
    let span = spot.start;
    let item = aliases.name(item, span);
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
        DemandKind::Pods => {
            quote_spanned!(span=> const _: () = __reactbin::demand::pods::<#item>();)
        }
        DemandKind::Key(key) => {
            quote_spanned!(span=> const _: () = __reactbin::demand::key::<#item>(#key);)
        }
        DemandKind::Image(ask, is_forbidden) => {
            quote_spanned! {span=>
                const _: () =
                    __reactbin::demand::image::<#item>(__reactbin::Ask::#ask, #is_forbidden);
            }
        }
    }
}

fn expand_env(index: usize, demand: &EnvDemand, aliases: &Aliases) -> TokenStream {
    let EnvDemand { own, from, required } = demand;
    let from = from.iter().map(|(prefix, item)| {
        let item = aliases.name(item, Span::call_site());
        quote!((#prefix, &<#item as __reactbin::HasKeys>::KEYS))
    });
    let name = |span| format_ident!("__ENV{index}", span = span);
    let demands = required.iter().map(|(required, spot)| {
        let env = name(spot.start);
        match required {
            Required::Name(name) => {
                quote_spanned!(spot.start=> const _: () = #env.requires(&[#name]);)
            }
            Required::Constant(names) => {
                quote_spanned!(spot.start=> const _: () = #env.requires #names;)
            }
        }
    });
    let env = name(Span::call_site());
    let names = required.iter().filter_map(|(required, _)| match required {
        Required::Name(name) => Some(name),
        Required::Constant(_) => None,
    });
    quote! {
        const #env: __reactbin::Env = __reactbin::Env {
            own: &[#(#own),*],
            from: &[#(#from),*],
            required: &[#(#names),*],
        };
        #(#demands)*
    }
}

fn expand_waived(waived: &Waived, aliases: &Aliases) -> TokenStream {
    let Waived { rule, spot, asks, .. } = waived;
    let refused = asks.iter().map(|(item, ask)| {
        let item = aliases.name(item, Span::call_site());
        quote!(__reactbin::demand::refused::<#item>(__reactbin::Ask::#ask))
    });
    // From the first token of the waiver to its last, so that rustc underlines all of it.
    let arguments = quote!(#rule, #(#refused)||*);
    let mut arguments = Group::new(Delimiter::Parenthesis, arguments);
    arguments.set_span(spot.end);
    quote_spanned!(spot.start=> const _: () = __reactbin::demand::waived #arguments;)
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
