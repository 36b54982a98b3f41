//! Writes the manifests of the application to `k8s/`, if nothing is wrong with them.

use std::process::ExitCode;

fn main() -> ExitCode {
    reactbin_dsl::build(reactbin_manifests::app(), "k8s")
}
