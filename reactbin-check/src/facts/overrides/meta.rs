//! Overrides of `meta`.

use super::TypeOverrides;

pub(super) const TYPES: &[TypeOverrides] = &[];
