//! The custom kinds: VaultAuth and VaultStaticSecret of the Vault Secrets Operator.
//!
//! What their CRDs don't say but the operator demands is in [`crate::rules::custom`]: the API
//! server accepts it, so it can be waived.

use super::TypeOverrides;
use crate::formats::Format;

/// The patterns of the CRDs in `crds/`, as formats.
pub(super) const PATTERNS: &[(&str, Format)] = &[
    (r"^([a-z0-9.-]{1,253})$", Format::VaultGlobalRefName),
    (r"^([a-z0-9-]{1,63})$", Format::VaultGlobalRefNamespace),
    (r"^([0-9]+(\.[0-9]+)?(s|m|h))$", Format::VaultDuration),
];

pub(super) const TYPES: &[TypeOverrides] = &[];
