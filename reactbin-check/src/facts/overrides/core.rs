//! Overrides of `core`.

use super::TypeOverrides;

pub(super) const TYPES: &[TypeOverrides] = &[];
