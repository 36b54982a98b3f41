//! What images say to values that only assembled objects have, and what containers need of the
//! build contexts.

use std::path::PathBuf;

use reactbin_check::ask::asks;
use reactbin_check::tree::Paths;
use reactbin_check::wire::Position;
use reactbin_check::{At, Finding, Reason, Severity, lints};

use super::{Image, ImagePath, Need, PathKind, is_below};
use crate::App;
use crate::assemble::{Object, Place};
use crate::declaration::{DECLARATIONS, Declaration, Slot};
use crate::demand::text::Text;

/// What the containers of an object ask of their images in vain.
pub(crate) fn findings(object: &Object) -> Vec<Finding> {
    // Most objects name none, and the paths of all nodes aren't free.
    if object.images.is_empty() {
        return Vec::new();
    }
    let paths = Paths::new(&object.tree, object.root);
    let mut findings = Vec::new();
    for (node, image) in &object.images {
        let Some(container) = paths.parent(*node) else { continue };
        let pod = paths.parent(container).and_then(|list| paths.parent(list));
        for (node, ask) in asks(&object.tree, container, pod) {
            let Some(refusal) = image.refuses(ask) else { continue };
            let [message, help, note] = parts(&refusal);
            findings.push(Finding {
                rule: ask.rule(),
                severity: Severity::Error,
                level: lints::find(ask.rule()).map(|lint| lint.level),
                reason: Reason::Invalid,
                node,
                at: At::Value,
                path: paths.path(node),
                message: message.unwrap_or_default(),
                help,
                quotes: false,
                related: note.map(|note| (node, note)),
            });
        }
    }
    findings
}

/// A refusal's message, help and note.
fn parts(refusal: &Text) -> [Option<String>; 3] {
    let text = refusal.as_str();
    let of = |label: &str| text.lines().find_map(|line| line.strip_prefix(label));
    [text.lines().next(), of("help: "), of("note: ")].map(|part| part.map(str::to_owned))
}

/// What a path that a container needs is copied from.
pub(crate) struct Source {
    /// The file or directory.
    pub(crate) file: PathBuf,
    /// Where the container says that it needs it.
    pub(crate) place: Option<Place>,
    /// What is wrong if it isn't there, and what to do.
    pub(crate) missing: [Option<String>; 2],
}

/// What the containers of an application need of build contexts. A macro looks for what a `COPY`
/// names; what is in a directory that is copied, and whether all of it is still there, is looked
/// for in each build.
pub(crate) fn sources(app: &App) -> Vec<Source> {
    let mut all = Vec::new();
    let mut seen = Vec::new();
    for declaration in DECLARATIONS.iter().filter(|declaration| app.owns(declaration.module)) {
        sources_of(declaration, &mut seen, &mut all);
    }
    all
}

fn sources_of(
    declaration: &'static Declaration,
    seen: &mut Vec<*const Declaration>,
    all: &mut Vec<Source>,
) {
    for slot in declaration.slots {
        match slot {
            Slot::Image { image, needs } => {
                all.extend(needs.iter().filter_map(|need| source(declaration, image, need)));
            }
            Slot::Fragment(reference) => {
                let fragment = reference.declaration();
                // Several workloads may have the same container.
                if !seen.contains(&std::ptr::from_ref(fragment)) {
                    seen.push(fragment);
                    sources_of(fragment, seen, all);
                }
            }
            _ => {}
        }
    }
}

/// Where a path comes from; `None` if that isn't the build context, or may not be.
fn source(declaration: &'static Declaration, image: &Image, need: &Need) -> Option<Source> {
    let copies: Vec<&ImagePath> = image
        .paths
        .known
        .iter()
        .filter(|path| path.kind != PathKind::Directory && path.has(need.path))
        .collect();
    if copies.iter().any(|copy| copy.source.is_empty()) {
        return None;
    }
    let context = PathBuf::from(image.root).join(image.context);
    let mut from = copies.iter().map(|copy| {
        let below = is_below(need.path, copy.path);
        let rest = need.path.strip_prefix(copy.path.trim_end_matches('/')).filter(|_| below);
        let source = match (copy.source, rest.unwrap_or_default()) {
            (".", rest) if !rest.is_empty() => rest.trim_start_matches('/').to_owned(),
            (source, rest) => source.to_owned() + rest,
        };
        (source, copy.line)
    });
    let there = from.clone().find(|(source, _)| context.join(source).exists());
    let (source, copied_in) = there.or(from.next_back())?;
    let (line, column, end_line, end_column) = need.position;
    let position = Position { line, column, end_line, end_column };
    let [message, help, _] = parts(&image.refuse_missing(need.path, &source, copied_in));
    Some(Source {
        file: context.join(source),
        place: (line > 0).then_some(Place { source: declaration.source, position }),
        missing: [message, help],
    })
}
