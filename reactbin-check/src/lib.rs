//! What a Kubernetes API server would say of an object, offline.
//!
//! The engine checks a plain [`tree::Tree`] against the facts of [`facts`], the rules of [`rules`]
//! and the policy of [`lints`], and answers with [`finding::Finding`]s. It knows nothing of tokens,
//! spans, files or typed objects: the macros, the build script and the command line all bring their
//! own positions.
#![forbid(unsafe_code)]

pub mod ask;
pub mod cel;
pub mod check;
pub mod cx;
pub mod facts;
pub mod finding;
pub mod formats;
mod index;
pub mod lints;
pub mod names;
pub mod naming;
pub mod parameter;
pub mod pattern;
pub mod pod_security;
pub mod quantity;
pub mod rules;
pub mod secrets;
pub mod structure;
pub mod suggest;
pub mod tree;
pub mod wire;

pub use check::{Options, check_fragment, check_object};
pub use finding::{At, Finding, Reason, Severity};
pub use lints::{Level, Levels};
pub use naming::Naming;
pub use tree::{Entry, NodeId, Tree, Value};
