//! YAML and JSON as the trees that the engine checks, and CustomResourceDefinitions as its kinds.
//!
//! `reactbin check` reads manifests with it, and macros the definitions of a team's own kinds. Must
//! not know what is checked, nor how a finding is shown.
#![forbid(unsafe_code)]

mod lower;
pub mod read;
mod scalar;
pub mod schema;
pub mod split;
