//! Generates `reactbin-check/src/facts/table.rs`, and measures builds.
//!
//! Reads JSON and YAML schemas and prints Rust. It must not depend on `reactbin-check`: a broken
//! table would then keep the program from building that mends it.

#![forbid(unsafe_code)]

use std::fs;
use std::path::{Path, PathBuf};

pub mod bench;
// Shared as a file for the reason above, with the reader of other CRDs.
#[path = "../../reactbin-read/src/lower.rs"]
mod lower;
// So is the spelling of names.
#[path = "../../reactbin-check/src/names.rs"]
pub mod names;
mod openapi;
mod print;
#[cfg(test)]
mod tests;

use lower::Facts;

/// The generated file, from the root of the workspace.
pub const TABLE: &str = "reactbin-check/src/facts/table.rs";
/// What an API server says of its types, from the root of the workspace.
pub const FACTS: &str = "facts/openapi-1.36.json";
/// The directory of the CustomResourceDefinitions, from the root of the workspace.
pub const CRDS: &str = "reactbin-check/crds";

/// The root of the workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Generates the table from the OpenAPI facts in `openapi` and writes it.
///
/// # Errors
/// What can't be read, understood or written, as one line.
pub fn write(openapi: &Path) -> Result<(), String> {
    let table = root().join(TABLE);
    let text = generate(openapi)?;
    fs::write(&table, text).map_err(|e| format!("can't write {}: {e}", table.display()))
}

/// Generates the table and compares it with the committed one.
///
/// # Errors
/// That the table is stale and what to run, or what can't be read or understood.
pub fn check(openapi: &Path) -> Result<(), String> {
    if read(&root().join(TABLE))? == generate(openapi)? {
        return Ok(());
    }
    Err(format!(
        "{TABLE} is stale: run `cargo run -p xtask -- facts {}` and commit it",
        openapi.display()
    ))
}

/// The text of the table for the OpenAPI facts in `openapi` and the CRDs of the workspace.
///
/// # Errors
/// What can't be read or understood, as one line.
pub fn generate(openapi: &Path) -> Result<String, String> {
    let document = serde_json::from_str(&read(openapi)?).map_err(|e| at(openapi, e))?;
    let mut facts = Facts::from_openapi(&document).map_err(|e| at(openapi, e))?;
    for path in crds()? {
        let crd = serde_yaml::from_str(&read(&path)?).map_err(|e| at(&path, e))?;
        facts.add_crd(&crd).map_err(|e| at(&path, e))?;
    }
    Ok(print::print_table(&facts))
}

/// The files of the CRDs, in the order of their names.
fn crds() -> Result<Vec<PathBuf>, String> {
    let dir = root().join(CRDS);
    let mut paths = Vec::new();
    for entry in fs::read_dir(&dir).map_err(|e| at(&dir, e))? {
        let path = entry.map_err(|e| at(&dir, e))?.path();
        if path.extension().is_some_and(|extension| extension == "yaml") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|e| at(path, e))
}

fn at(path: &Path, error: impl std::fmt::Display) -> String {
    format!("{}: {error}", path.display())
}
