//! Objects as k8s-openapi's types: what is written has been one.
//!
//! Knows no rule and nothing of declarations.
#![forbid(unsafe_code)]

mod from_tree;
mod kinds;

pub use from_tree::{Refusal, from_tree};
pub use k8s_openapi;
pub use kinds::check_type;
