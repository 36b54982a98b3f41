//! The facade that applications depend on.
#![forbid(unsafe_code)]

pub mod yaml;
