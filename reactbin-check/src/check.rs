//! The two phases of a check: the structure, then the rules.
//!
//! Knows no rule by name.

use crate::cx::{Cx, finish};
use crate::facts::{self, Kind, TypeDef};
use crate::finding::{Finding, Reason};
use crate::naming::Naming;
use crate::rules::{self, Rule, structural};
use crate::structure::{Structure, check_structure};
use crate::tree::{NodeId, Tree};
use crate::{cx::Draft, cx::Place};

/// What a check depends on beside the object.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// How field names are spelt in messages.
    pub naming: Naming,
}

/// The kind that an object says it is of.
pub fn kind_of(tree: &Tree, root: NodeId) -> Option<&'static Kind> {
    let text = |field| tree.entry(root, field).map(|entry| tree.str(entry.value));
    facts::kind(text("apiVersion")?, text("kind")?)
}

/// Everything that is wrong with an object, in the order of the document.
///
/// An object of a kind that the facts don't have is one finding, and nothing else is said of it.
pub fn check_object(tree: &Tree, root: NodeId, options: &Options) -> Vec<Finding> {
    match kind_of(tree, root) {
        Some(kind) => check_kind(tree, root, kind, options),
        None => finish(tree, root, None, vec![unknown_kind(tree, root)]),
    }
}

/// Everything that is wrong with an object of a kind that the caller knows, which the facts need
/// not have.
pub fn check_kind(
    tree: &Tree,
    root: NodeId,
    kind: &'static Kind,
    options: &Options,
) -> Vec<Finding> {
    check_typed(tree, root, kind.ty, Some(kind), options)
}

/// Everything that is wrong with a part of an object, such as a container that is declared on its
/// own.
pub fn check_fragment(
    tree: &Tree,
    root: NodeId,
    ty: &'static TypeDef,
    options: &Options,
) -> Vec<Finding> {
    check_typed(tree, root, ty, None, options)
}

fn check_typed(
    tree: &Tree,
    root: NodeId,
    ty: &'static TypeDef,
    kind: Option<&'static Kind>,
    options: &Options,
) -> Vec<Finding> {
    let custom = kind.is_some_and(|kind| kind.custom);
    let Structure { taint, drafts, objects } =
        check_structure(tree, root, ty, custom, options.naming);
    let mut cx =
        Cx::new(tree, root, &taint, options.naming, kind, &structural::UNKNOWN_KIND, drafts);
    if kind.is_some() {
        run_rules(&mut cx, root, rules::of_roots());
    }
    for (id, ty) in objects {
        run_rules(&mut cx, id, &ty.index().rules);
    }
    let drafts = cx.drafts;
    finish(tree, root, Some(ty), drafts)
}

fn run_rules(cx: &mut Cx<'_>, id: NodeId, rules: &[&'static Rule]) {
    let Some(object) = cx.object(id) else { return };
    for rule in rules {
        if let Some(check) = rule.check {
            cx.rule = rule;
            check(cx, object);
        }
    }
}

fn unknown_kind(tree: &Tree, root: NodeId) -> Draft {
    let text = |field| tree.entry(root, field).map(|entry| tree.str(entry.value));
    let (reason, place, message) = match (text("apiVersion"), text("kind")) {
        (Some(version), Some(kind)) => {
            let place =
                tree.entry(root, "kind").map_or(Place::Value(root), |e| Place::Value(e.value));
            (Reason::NotFound, place, format!("unknown kind `{kind}` in `{version}`"))
        }
        (None, _) => {
            let message = "missing field `apiVersion`".to_owned();
            (Reason::Required, Place::Missing(root, "apiVersion"), message)
        }
        (_, None) => {
            let message = "missing field `kind`".to_owned();
            (Reason::Required, Place::Missing(root, "kind"), message)
        }
    };
    let mut draft = Draft::new(&structural::UNKNOWN_KIND, reason, place, message);
    if let (Some(version), Some(name)) = (text("apiVersion"), text("kind")) {
        let other = facts::KINDS.iter().find(|kind| kind.kind == name);
        if let Some(other) = other {
            draft.help(format!("`{name}` is in `{}`, not `{version}`", other.api_version()));
        } else if let Some(meant) =
            crate::suggest::suggest(name, facts::KINDS.iter().map(|kind| kind.kind))
        {
            draft.help(format!("use `{meant}`"));
        }
    }
    draft
}
