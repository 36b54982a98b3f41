//! How names travel between Rust and Kubernetes.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::syntax::Path;
use reactbin_check::formats::Format;

/// `alembic_migrate` or `alembic-migrate` as a type's name: `AlembicMigrate`.
pub(crate) fn upper_camel(name: &str) -> String {
    let mut camel = String::with_capacity(name.len());
    for word in name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let mut chars = word.chars();
        camel.extend(chars.next().into_iter().flat_map(char::to_uppercase));
        camel.push_str(chars.as_str());
    }
    if camel.starts_with(|c: char| c.is_ascii_digit()) {
        camel.insert(0, '_');
    }
    camel
}

/// The item's name that a declaration of this name and kind defines.
pub(crate) fn item_ident(name: &str, suffix: &str, span: Span) -> Option<Ident> {
    let text = format!("{}{suffix}", upper_camel(name));
    // A name of marks alone leaves nothing to name an item by.
    (text.len() > suffix.len() && syn::parse_str::<Ident>(&text).is_ok())
        .then(|| Ident::new(&text, span))
}

/// The type that a reference names: `crate::vault::api_env` is `crate::vault::ApiEnvSecret`. A
/// path that ends in a type's name already is that type.
pub(crate) fn referenced_type(path: &Path, suffix: &str) -> TokenStream {
    let prefix = &path.prefix;
    let last = &path.last;
    let text = crate::syntax::ident_text(last);
    if text.starts_with(|c: char| c.is_uppercase()) {
        return quote!(#prefix #last);
    }
    let ident = Ident::new(&format!("{}{suffix}", upper_camel(&text)), last.span());
    quote!(#prefix #ident)
}

/// Whether a text of this format is a name, in which Kubernetes has `-` where Rust has `_`.
pub(crate) fn is_dashed(format: Format) -> bool {
    matches!(
        format,
        Format::DnsLabel
            | Format::Dns1035Label
            | Format::DnsSubdomain
            | Format::DnsSubdomainPrefix
            | Format::PortName
            | Format::Host
            | Format::LabelValue
            | Format::PathSegmentName
    )
}
