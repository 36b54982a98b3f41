//! The procedural macros of reactbin: tokens in; errors at tokens, or Rust items, out.
//!
//! Applications use them through `reactbin-dsl`, whose macros of the same names pass on where the
//! facade is found (`$crate`), so that a renamed dependency works. Knows the language, and nothing
//! of what Kubernetes allows: that is `reactbin-check`'s.
#![forbid(unsafe_code)]

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};

use crate::errors::Errors;
use crate::lower::Lower;
use crate::schemas::Added;
use crate::spot::Spot;

mod app;
mod attributes;
mod checks;
mod config;
mod contract;
mod declare;
mod dockerfile;
mod errors;
mod expand;
mod image;
mod kinds;
mod levels;
mod lower;
mod names;
mod object;
mod parameter;
mod parse;
mod pod_security;
mod provides;
mod reference;
mod required_env;
mod schemas;
mod shorthand;
mod spot;
mod syntax;
mod template;
mod vault;
mod volume_claims;
mod words;

/// An invocation: where the facade is, and what the author wrote.
struct Invocation {
    krate: TokenStream,
    body: TokenStream,
    around: Spot,
    home: String,
}

impl Invocation {
    /// The facade's macros put `($crate)` in front of the author's tokens.
    fn parse(input: TokenStream) -> Invocation {
        let mut tokens = input.into_iter().peekable();
        let krate = match tokens.peek() {
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => {
                let krate = group.stream();
                tokens.next();
                krate
            }
            _ => quote::quote!(::reactbin_dsl),
        };
        let body: TokenStream = tokens.collect();
        let call = Spot::of(Span::call_site());
        let around = Spot::of_tokens(&body, call);
        let home = around.start.file();
        Invocation { krate, body, around, home }
    }
}

fn expand_declaration(macro_name: &str, input: TokenStream) -> TokenStream {
    let Invocation { krate, body, around, home } = Invocation::parse(input);
    let mut errors = Errors::default();
    let mut entries = parse::parse_entries(body, around, &mut errors);
    if entries.is_empty() && errors.is_empty() {
        // The one error that has no token of the author's to stand at.
        errors
            .push(around, format!("`{macro_name}!` declares nothing"))
            .help("write `name: …` first");
        return errors.to_tokens();
    }
    let declared = match macro_name {
        "object" => object::take_kind(&mut entries, around, &Added::of_crate(), &mut errors),
        _ => kinds::find(macro_name),
    };
    let Some(declared) = declared else { return errors.to_tokens() };
    let mut lower = Lower::new(errors, home);
    let declaration = declare::declare(&mut lower, declared, &entries, around);
    contract::demand(&mut lower, &declaration);
    checks::check(&mut lower, &declaration);
    expand::expand(&krate, &lower, &declaration)
}

macro_rules! declarations {
    ($($name:ident)*) => {
        $(
            #[doc = concat!("Declares an object; see `reactbin_dsl::", stringify!($name), "!`.")]
            #[proc_macro]
            pub fn $name(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
                expand_declaration(stringify!($name), input.into()).into()
            }
        )*

        #[cfg(test)]
        const MACROS: &[&str] = &[$(stringify!($name)),*];
    };
}

declarations! {
    api_service
    binding
    certificate_signing_request
    cluster_role
    cluster_role_binding
    config_map
    container
    controller_revision
    cron_job
    csi_driver
    csi_node
    csi_storage_capacity
    custom_resource_definition
    daemon_set
    deployment
    device_class
    endpoint_slice
    endpoints
    event
    eviction
    flow_schema
    horizontal_pod_autoscaler
    ingress
    ingress_class
    init_container
    ip_address
    job
    lease
    limit_range
    local_subject_access_review
    mutating_admission_policy
    mutating_admission_policy_binding
    mutating_webhook_configuration
    namespace
    network_policy
    node
    persistent_volume
    persistent_volume_claim
    pod
    pod_disruption_budget
    pod_template
    priority_class
    priority_level_configuration
    replica_set
    replication_controller
    resource_claim
    resource_claim_template
    resource_quota
    resource_slice
    role
    role_binding
    runtime_class
    secret
    self_subject_access_review
    self_subject_review
    self_subject_rules_review
    service
    service_account
    service_cidr
    stateful_set
    storage_class
    subject_access_review
    token_request
    token_review
    validating_admission_policy
    validating_admission_policy_binding
    validating_webhook_configuration
    vault_auth
    vault_static_secret
    volume_attachment
    volume_attributes_class
}

/// Declares an application; see `reactbin_dsl::app!`.
#[proc_macro]
pub fn app(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    app::expand_app(Invocation::parse(input.into())).into()
}

/// Declares an image; see `reactbin_dsl::image!`.
#[proc_macro]
pub fn image(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    image::expand_image(Invocation::parse(input.into())).into()
}

/// Declares an object of any kind; see `reactbin_dsl::object!`.
#[proc_macro]
pub fn object(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand_declaration("object", input.into()).into()
}

/// Declares a parameter; see `reactbin_dsl::parameter!`.
#[proc_macro]
pub fn parameter(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    parameter::expand_parameter(Invocation::parse(input.into())).into()
}

/// Gives a struct of settings the constant `ENV`: the names of the environment variables that have to
/// be set, for `requires_env` of the container that runs the program.
///
/// A field is read from the variable of its name in upper case. It needn't be set for a field that is
/// an `Option<…>`, or that has `#[env(default)]`, `#[serde(default)]` or `#[serde(skip)]`.
/// `#[env(name = "X")]` says a variable's whole name, `#[serde(rename = "X")]` what stands for that of
/// the field; `#[env(prefix = "APP_")]` on the struct stands in front of all names but whole ones.
///
/// ```
/// use reactbin_macros::RequiredEnv;
///
/// #[derive(RequiredEnv)]
/// #[env(prefix = "API_")]
/// struct Settings {
///     base_url: String,
///     #[env(name = "DATABASE_URL")]
///     database: String,
///     #[env(default)]
///     port: u16,
///     log: Option<String>,
/// }
///
/// assert_eq!(Settings::ENV, ["API_BASE_URL", "DATABASE_URL"]);
/// ```
#[proc_macro_derive(RequiredEnv, attributes(env))]
pub fn required_env(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    required_env::expand_required_env(input.into()).into()
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod timing;
