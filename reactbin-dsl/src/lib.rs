//! Kubernetes manifests as Rust items.
//!
//! What an API server would refuse, `rustc` refuses first, at the token that is wrong;
//! `cargo build` writes the YAML. A crate of manifests depends on this one:
//!
//! ```
//! use reactbin_dsl::*;
//!
//! namespace! { name: shop }
//!
//! deployment! {
//!     name: api,
//!     image: "api:1.0",
//!     ports: [8000],
//! }
//!
//! service! {
//!     name: api,
//!     selects: api,
//!     ports: [{ name: http, port: 80, target_port: 8000 }],
//! }
//!
//! app! { name: shop, namespace: shop }
//! # fn main() {}
//! ```
//!
//! Every macro's page says its keys and the YAML that its shorthands stand for. There is one for
//! each built-in kind, such as [`deployment!`], [`stateful_set!`], [`job!`], [`service!`],
//! [`ingress!`] and [`config_map!`]; [`init_container!`] and [`container!`] for containers on their
//! own, and [`image!`] for what they run; [`vault_auth!`] and [`vault_static_secret!`]; [`object!`],
//! [`parameter!`] and [`app!`].
//!
//! # Values
//!
//! | written | is |
//! |---|---|
//! | `"text"`, `8000`, `true`, `0o644`, `-1` | what it is in Rust |
//! | `ClusterIP`, `my_app` | a bare name: an enum value or a name; `_` is `-` in Kubernetes' names, and a string says a name exactly |
//! | `10Gi`, `500m`, `1h30m`, `25%` | a quantity, a duration, a percentage |
//! | `[ … ]`, `{ … }` | a list, an object or map |
//! | `api_env`, `crate::vault::api_env` | in a field that refers to another object: the item that declares it |
//! | `external("name")` | there: an object that is made elsewhere |
//! | `param(domain)`, `"api:" + param(api_tag)` | a parameter's value |
//! | `( expression )` | a Rust value, checked against the field's type; `None` leaves the field out |
//!
//! `/// text` above a key is a comment above it in the YAML, and above the first key at the head
//! of the file; `#[comment = "text"]` is one behind the value.
//! `#[allow(lint, reason = "…")]` waives a lint on what stands below it; `#[warn(lint)]`,
//! `#[deny(lint)]` and `#[forbid(lint)]` give it another level there.
#![forbid(unsafe_code)]
#![cfg_attr(doctest, allow(unused))]

mod across;
pub mod app;
pub mod assemble;
mod build;
#[cfg(feature = "cli")]
pub mod cli;
mod declaration;
#[doc(hidden)]
pub mod demand;
pub mod emit;
#[doc(hidden)]
pub mod field;
mod image;
pub mod lint;
mod macros;
mod pod_security;
mod policy;
pub mod report;
mod validate;
pub mod yaml;

pub use app::{App, Manifest, PlainObject, Refused};
pub use assemble::Values;
pub use build::build;
pub use declaration::Parameter;

pub use k8s_openapi;
pub use reactbin_macros::RequiredEnv;
pub use reactbin_typed::from_tree;

/// What expansions name. Not for anyone else: it changes without notice.
#[doc(hidden)]
pub mod __private {
    pub use std::vec::Vec;

    pub use k8s_openapi;
    pub use linkme;
    pub use reactbin_check::pod_security::{Standard, Version};
    pub use reactbin_macros as macros;

    pub use crate::app::{AppNamespace, AppParts, OwnLevel, app, objects};
    pub use crate::declaration::{
        APPS, AppMark, DECLARATIONS, Declaration, Declared, Named, NamespaceSecurity, ObjectForm,
        PARAMETERS, POD_SECURITY, Parameter, ParameterItem, PodSecurity, Reference, Slot, TextPart,
    };
    pub use crate::demand::{self, Env, HasKeys, HasPorts, Keys, NamedPort, Ports};
    pub use crate::field::{self, bytes};
    pub use crate::image::{
        Image, ImageItem, ImagePath, ImagePaths, ImagePorts, ImageUser, Need, PathKind, PortRange,
    };
    pub use crate::lint::{Level, Lint, lint};
    pub use reactbin_check::ask::Ask;
}
