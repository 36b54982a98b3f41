//! `#[derive(RequiredEnv)]`: the environment variables that a program's settings can't do without.
//!
//! For services, which have nothing to do with manifests: it names nothing of the facade.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::meta::ParseNestedMeta;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Attribute, Data, DeriveInput, Field, Fields, Token, Type};

use crate::errors::Errors;
use crate::spot::Spot;

/// What attributes say of a field, or of all fields of a struct.
#[derive(Default)]
struct Said {
    /// The whole name of the variable.
    name: Option<String>,
    /// What stands instead of the field's name.
    renamed: Option<String>,
    /// What stands in front of every name.
    prefix: String,
    /// Whether a value needn't be there.
    default: bool,
    /// Where it says that the fields of its type are read in its place.
    flattened: Option<Span>,
}

pub(crate) fn expand_required_env(input: TokenStream) -> TokenStream {
    let input = match syn::parse2::<DeriveInput>(input) {
        Ok(input) => input,
        // rustc has parsed it already, and has said what is wrong.
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Errors::default();
    let of_all = said(&input.attrs, Place::Struct, &mut errors);
    let fields = fields(&input, &mut errors).into_iter().flatten();
    let names: Vec<String> =
        fields.filter_map(|field| required(field, &of_all, &mut errors)).collect();
    let errors = errors.to_tokens();
    let name = &input.ident;
    let (parameters, arguments, bounds) = input.generics.split_for_impl();
    quote! {
        #errors
        impl #parameters #name #arguments #bounds {
            /// The environment variables that have to be set.
            #[allow(dead_code, unreachable_pub)]
            pub const ENV: &'static [&'static str] = &[#(#names),*];
        }
    }
}

/// The fields, which have names.
fn fields<'i>(
    input: &'i DeriveInput,
    errors: &mut Errors,
) -> Option<&'i Punctuated<Field, Token![,]>> {
    let Data::Struct(data) = &input.data else {
        errors
            .push(Spot::of(input.ident.span()), format!("`{}` is no struct", input.ident))
            .help("derive `RequiredEnv` for the struct that is read from the environment");
        return None;
    };
    let Fields::Named(fields) = &data.fields else {
        let message = format!("the fields of `{}` have no names", input.ident);
        errors
            .push(Spot::of(input.ident.span()), message)
            .help("name each like its variable, in lower case: `struct Settings { database_url: String }`");
        return None;
    };
    Some(&fields.named)
}

/// The variable that a field is read from, if it has to be set.
fn required(field: &Field, of_all: &Said, errors: &mut Errors) -> Option<String> {
    let said = said(&field.attrs, Place::Field, errors);
    if said.default || of_all.default || is_option(&field.ty) {
        return None;
    }
    if let Some(span) = said.flattened {
        errors
            .push(Spot::of(span), "the variables of a flattened field aren't known here")
            .help("write `#[env(default)]` beside it, and `requires_env: [(Settings::ENV), (Database::ENV)]` for the two types");
        return None;
    }
    let name = || {
        let name = field.ident.as_ref().map(crate::syntax::ident_text).unwrap_or_default();
        said.renamed.unwrap_or_else(|| name.to_uppercase())
    };
    Some(said.name.unwrap_or_else(|| of_all.prefix.clone() + &name()))
}

/// `Option<…>`, wherever it is named from.
fn is_option(ty: &Type) -> bool {
    match ty {
        Type::Path(path) => path.path.segments.last().is_some_and(|last| last.ident == "Option"),
        // What `macro_rules!` puts around a type.
        Type::Group(group) => is_option(&group.elem),
        _ => false,
    }
}

/// What an attribute stands on.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Struct,
    Field,
}

fn said(attributes: &[Attribute], place: Place, errors: &mut Errors) -> Said {
    let mut said = Said::default();
    for attribute in attributes {
        let read = if attribute.path().is_ident("env") {
            attribute.parse_nested_meta(|meta| read_env(&meta, place, &mut said, errors))
        } else if attribute.path().is_ident("serde") {
            attribute.parse_nested_meta(|meta| read_serde(&meta, place, &mut said))
        } else {
            Ok(())
        };
        if let Err(error) = read {
            let what = error.to_string();
            errors.push(Spot::of(error.span()), what).help(help(place));
        }
    }
    said
}

fn help(place: Place) -> &'static str {
    match place {
        Place::Struct => "write `#[env(prefix = \"APP_\")]`",
        Place::Field => "write `#[env(name = \"DATABASE_URL\")]` or `#[env(default)]`",
    }
}

fn read_env(
    meta: &ParseNestedMeta<'_>,
    place: Place,
    said: &mut Said,
    errors: &mut Errors,
) -> syn::Result<()> {
    let text = || meta.value()?.parse::<syn::LitStr>();
    match place {
        Place::Struct if meta.path.is_ident("prefix") => said.prefix = text()?.value(),
        Place::Field if meta.path.is_ident("name") => {
            let name = text()?;
            if name.value().is_empty() {
                errors
                    .push(Spot::of(name.span()), "an environment variable has a name")
                    .help(help(place));
            }
            said.name = Some(name.value());
        }
        Place::Field if meta.path.is_ident("default") => said.default = true,
        _ => {
            let name = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
            errors
                .push(Spot::of(meta.path.span()), format!("`env` has no `{name}` here"))
                .help(help(place));
            skip(meta)?;
        }
    }
    Ok(())
}

/// What serde's own attributes say of it. Of those that it doesn't know here it says nothing.
fn read_serde(meta: &ParseNestedMeta<'_>, place: Place, said: &mut Said) -> syn::Result<()> {
    let is = |name: &str| meta.path.is_ident(name);
    if is("default") || is("skip") || is("skip_deserializing") {
        said.default = true;
    } else if place == Place::Field && is("flatten") {
        said.flattened = Some(meta.path.span());
    } else if place == Place::Field && is("rename") {
        if meta.input.peek(Token![=]) {
            said.renamed = Some(meta.value()?.parse::<syn::LitStr>()?.value());
            return Ok(());
        }
        return meta.parse_nested_meta(|side| {
            let text = side.value()?.parse::<syn::LitStr>()?;
            if side.path.is_ident("deserialize") {
                said.renamed = Some(text.value());
            }
            Ok(())
        });
    }
    skip(meta)
}

/// Passes over what stands behind a name.
fn skip(meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
    if meta.input.peek(Token![=]) {
        meta.value()?.parse::<syn::Expr>()?;
    } else if meta.input.peek(syn::token::Paren) {
        meta.parse_nested_meta(|inner| skip(&inner))?;
    }
    Ok(())
}
