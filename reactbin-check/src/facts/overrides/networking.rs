//! Overrides of `networking`.

use super::TypeOverrides;

pub(super) const TYPES: &[TypeOverrides] = &[];
