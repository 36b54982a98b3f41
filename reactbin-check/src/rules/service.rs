//! Rules of `service`.

use super::Rule;

/// The rules of this file.
pub const RULES: &[Rule] = &[];
