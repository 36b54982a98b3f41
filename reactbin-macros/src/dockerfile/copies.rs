//! `COPY` and `ADD`: what lands where.
//!
//! The rules are BuildKit's: of a directory the content is copied, not the directory; a destination
//! with a `/` behind it, or with several sources, or that is a directory already, is one.

use parse_dockerfile::{Flag, Source, UnescapedString};

use super::context::{Context, Found};
use super::paths::{base_name, join};
use super::{Kind, Stage};

/// A `COPY` or an `ADD`.
pub(super) struct Copy<'a> {
    sources: &'a [Source<'a>],
    destination: &'a str,
    /// Whether it copies from another stage or image.
    elsewhere: bool,
    /// Whether sources keep the directories that they are in.
    parents: bool,
    /// Whether it fetches addresses and unpacks archives.
    unpacks: bool,
    line: usize,
}

/// What unpacks itself: `ADD` knows an archive by its content, and these are its usual names.
const ARCHIVES: &[&str] = &[".tar", ".gz", ".tgz", ".bz2", ".tbz2", ".xz", ".txz", ".zst"];

impl<'a> Copy<'a> {
    pub(super) fn new(
        flags: &[Flag<'_>],
        sources: &'a [Source<'a>],
        destination: &'a UnescapedString<'a>,
        line: usize,
    ) -> Copy<'a> {
        let has = |name: &str| flags.iter().any(|flag| flag.name.value == name);
        Copy {
            sources,
            destination: &destination.value,
            elsewhere: has("from"),
            parents: has("parents"),
            unpacks: false,
            line,
        }
    }

    /// The same as an `ADD`.
    pub(super) fn unpacking(self) -> Copy<'a> {
        Copy { unpacks: true, ..self }
    }
}

/// Puts what a `COPY` copies into a stage.
pub(super) fn place_copies(context: &Context, copy: &Copy<'_>, stage: &mut Stage) {
    let text = stage.variables.expand(copy.destination);
    let path = text.as_deref().and_then(|text| join(stage.directory.as_deref(), text));
    let (Some(text), Some(path)) = (text, path) else {
        stage.facts.all_paths = false;
        return;
    };
    let mut found = Vec::with_capacity(copy.sources.len());
    for source in copy.sources {
        found.extend(find(context, copy, source, stage));
    }
    let named = text.ends_with('/') || matches!(base_name(&text), "." | "..");
    let is_directory = named || found.len() > 1 || stage.facts.has_directory(&path);
    if is_directory {
        stage.facts.put(path.clone(), Kind::Directory, "", copy.line);
    }
    for found in found {
        let in_directory = |source: &str| match path.as_str() {
            "/" => format!("/{}", base_name(source)),
            path => format!("{path}/{}", base_name(source)),
        };
        match found {
            Found::Unknown => stage.facts.put(path.clone(), Kind::Tree, "", copy.line),
            Found::Directory(source) => {
                stage.facts.put(path.clone(), Kind::Tree, &source, copy.line);
            }
            Found::File(source) => {
                if !is_directory {
                    stage.facts.put(path.clone(), Kind::File, &source, copy.line);
                }
                // What the base image or `RUN` has made there may be a directory.
                if is_directory || !base_name(&path).contains('.') {
                    stage.facts.put(in_directory(&source), Kind::File, &source, copy.line);
                }
            }
            Found::Nothing(source) => {
                let same_name = base_name(&source) == base_name(&path);
                let path = match is_directory && !same_name {
                    true => in_directory(&source),
                    false => path.clone(),
                };
                stage.facts.put(path, Kind::Missing, &source, copy.line);
            }
        }
    }
}

fn find(context: &Context, copy: &Copy<'_>, source: &Source<'_>, stage: &Stage) -> Vec<Found> {
    let Source::Path(source) = source else { return vec![Found::Unknown] };
    if copy.elsewhere || copy.parents {
        return vec![Found::Unknown];
    }
    let Some(source) = stage.variables.expand(&source.value) else { return vec![Found::Unknown] };
    let fetched = source.contains("://") || source.starts_with("git@");
    let archive = ARCHIVES.iter().any(|ending| source.ends_with(ending));
    if copy.unpacks && (fetched || archive) {
        return vec![Found::Unknown];
    }
    context.find(&source)
}
