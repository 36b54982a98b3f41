//! The program `reactbin`: fills, lists and describes the manifests of the application.
#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    reactbin_dsl::cli::main(reactbin_manifests::app())
}
