//! A team's own kinds: the CustomResourceDefinitions in the directory `crds` of its crate.
//!
//! Must not know what a kind's fields mean. A crate without the directory pays for one look.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;
use std::{env, fs};

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use reactbin_read::schema::Schemas;

use crate::errors::Errors;
use crate::spot::Spot;

/// The directory, beside the crate's Cargo.toml.
const DIR: &str = "crds";

/// What the directory holds.
#[derive(Debug, Default)]
pub(crate) struct Added {
    pub(crate) schemas: Schemas,
    /// The files that were read, from the crate's directory.
    files: Vec<String>,
    /// What can't be read or understood.
    errors: Vec<Unreadable>,
}

#[derive(Debug)]
struct Unreadable {
    file: String,
    why: String,
}

/// A file as it is at one time.
#[derive(Clone, Debug, PartialEq)]
struct File {
    path: PathBuf,
    modified: Option<SystemTime>,
    size: u64,
}

impl Added {
    /// The kinds of the crate that is being compiled.
    pub(crate) fn of_crate() -> Arc<Added> {
        env::var_os("CARGO_MANIFEST_DIR").map_or_else(Arc::default, |home| Added::of(home.as_ref()))
    }

    /// The kinds of the crate in this directory.
    pub(crate) fn of(home: &Path) -> Arc<Added> {
        // Compiling a crate asks once for each of its objects, and a language server for years.
        static LAST: Mutex<Option<(Vec<File>, Arc<Added>)>> = Mutex::new(None);
        let mut files = Vec::new();
        list(&home.join(DIR), &mut files);
        if files.is_empty() {
            return Arc::default();
        }
        let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, added)) = last.as_ref()
            && *known == files
        {
            return added.clone();
        }
        let added = Arc::new(Added::read(home, &files));
        *last = Some((files, added.clone()));
        added
    }

    fn read(home: &Path, files: &[File]) -> Added {
        let mut added = Added::default();
        for File { path, .. } in files {
            let file = path.strip_prefix(home).unwrap_or(path).display().to_string();
            if let Err(why) = added.schemas.add_file(path) {
                added.errors.push(Unreadable { file: file.clone(), why });
            }
            added.files.push(file);
        }
        added
    }

    /// Reports the files that can't be read.
    pub(crate) fn report(&self, spot: Spot, errors: &mut Errors) {
        for Unreadable { file, why } in &self.errors {
            errors
                .push(spot, format!("can't read the custom kinds in `{file}`: {why}"))
                .help("mend the file, or move it out of `crds`");
        }
    }

    /// What to do about a kind that none of the files defines.
    pub(crate) fn help(&self) -> String {
        match self.errors.first() {
            Some(Unreadable { file, why }) => format!("mend `{file}`: {why}"),
            None => format!(
                "put its CustomResourceDefinition into the directory `{DIR}` beside this crate's Cargo.toml"
            ),
        }
    }

    /// The texts of the files, which rustc reads, so that an edit of one rebuilds.
    pub(crate) fn texts(&self, span: Span) -> TokenStream {
        let texts = self.files.iter().map(|file| {
            let from_home = format!("/{file}");
            quote_spanned! {span=>
                ::core::include_str!(
                    ::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), #from_home)
                )
            }
        });
        quote!(&[#(#texts),*])
    }
}

/// The files in a directory and below it, in the order of their names; not what is hidden.
fn list(dir: &Path, files: &mut Vec<File>) {
    // One that can't be listed has no kinds, and whoever uses one is told so.
    let Ok(entries) = fs::read_dir(dir) else { return };
    let mut entries: Vec<fs::DirEntry> = entries.flatten().collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let path = entry.path();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            list(&path, files);
            continue;
        }
        let extension = path.extension().and_then(|extension| extension.to_str());
        if extension.is_some_and(|extension| matches!(extension, "yaml" | "yml" | "json")) {
            let metadata = fs::metadata(&path).ok();
            let modified = metadata.as_ref().and_then(|metadata| metadata.modified().ok());
            let size = metadata.map_or(0, |metadata| metadata.len());
            files.push(File { path, modified, size });
        }
    }
}
