//! The reactbin application: an API, a UI, an object store, and secrets kept in Vault.
//!
//! Declarations and nothing else. A module `x` becomes the folder `k8s/x`.

pub mod api;
pub mod ingress;
pub mod minio;
pub mod parameters;
pub mod ui;
pub mod vault;

use reactbin_dsl::*;

namespace! { name: reactbin }

app! {
    name: reactbin,
    namespace: reactbin,
    pod_security: baseline,
}
