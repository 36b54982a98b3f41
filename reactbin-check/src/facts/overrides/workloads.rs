//! Overrides of `workloads`.

use super::TypeOverrides;

pub(super) const TYPES: &[TypeOverrides] = &[];
