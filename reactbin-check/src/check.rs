//! The two phases of a check: the structure, then the rules.
//!
//! Knows no rule by name.

use std::borrow::Cow;

use crate::cx::{Cx, Taint, finish};
use crate::facts::{self, Kind, TypeDef};
use crate::finding::{Finding, Reason};
use crate::lints::{self, Level, Levels};
use crate::naming::Naming;
use crate::rules::{self, Rule, structural};
use crate::structure::{Structure, check_structure};
use crate::tree::{NodeId, Tree};
use crate::{cx::Draft, cx::Place};

/// What a check depends on beside the object.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// How field names are spelt in messages.
    pub naming: Naming,
    /// How much each lint weighs; those that are allowed aren't run.
    pub levels: &'a Levels,
    /// Whether lints look at what is wrong already as well: at an object that nobody means to put
    /// right first.
    pub raw: bool,
    /// Whether the object is all there: while its macro is expanded, the namespace may be missing
    /// that the application gives it.
    pub whole: bool,
    /// Values that aren't settled, of which lints say nothing: what parameters are by default.
    pub unsettled: &'a [NodeId],
}

impl Options<'static> {
    /// A whole object, and every lint at its default level.
    pub fn new(naming: Naming) -> Options<'static> {
        Options { naming, levels: Levels::defaults(), raw: false, whole: true, unsettled: &[] }
    }
}

/// The kind that an object says it is of.
pub fn kind_of(tree: &Tree, root: NodeId) -> Option<&'static Kind> {
    let text = |field| tree.entry(root, field).map(|entry| tree.str(entry.value));
    facts::kind(text("apiVersion")?, text("kind")?)
}

/// Everything that is wrong with an object, in the order of the document.
///
/// An object of a kind that the facts don't have is one finding; only lints that look at objects of
/// whatever kind say more of it.
pub fn check_object(tree: &Tree, root: NodeId, options: &Options<'_>) -> Vec<Finding> {
    if let Some(kind) = kind_of(tree, root) {
        return check_kind(tree, root, kind, options);
    }
    let unknown = vec![unknown_kind(tree, root)];
    let mut taint = Taint::new(tree.len());
    options.unsettled.iter().for_each(|node| taint.mark(*node));
    let mut cx =
        Cx::new(tree, root, &taint, options.naming, None, &structural::UNKNOWN_KIND, unknown);
    (cx.whole, cx.raw) = (options.whole, options.raw);
    run_lints(&mut cx, root, lints::of_any_kind(), options.levels, |level| level > Level::Allow);
    finish(tree, root, None, cx.drafts)
}

/// Everything that is wrong with an object of a kind that the caller knows, which the facts need
/// not have.
pub fn check_kind(
    tree: &Tree,
    root: NodeId,
    kind: &'static Kind,
    options: &Options<'_>,
) -> Vec<Finding> {
    check_typed(tree, root, kind.ty, Some(kind), options)
}

/// Everything that is wrong with a part of an object, such as a container that is declared on its
/// own.
pub fn check_fragment(
    tree: &Tree,
    root: NodeId,
    ty: &'static TypeDef,
    options: &Options<'_>,
) -> Vec<Finding> {
    check_typed(tree, root, ty, None, options)
}

fn check_typed(
    tree: &Tree,
    root: NodeId,
    ty: &'static TypeDef,
    kind: Option<&'static Kind>,
    options: &Options<'_>,
) -> Vec<Finding> {
    let custom = kind.is_some_and(|kind| kind.custom);
    let Structure { taint, mut drafts, objects } =
        check_structure(tree, root, ty, custom, options.naming);
    drafts.retain_mut(|draft| draft.weigh(options.levels));
    let mut cx =
        Cx::new(tree, root, &taint, options.naming, kind, &structural::UNKNOWN_KIND, drafts);
    if kind.is_some() {
        run_rules(&mut cx, root, rules::of_roots());
    }
    for (id, ty) in &objects {
        run_rules(&mut cx, *id, &ty.index().rules);
    }
    let drafts = cx.drafts;
    let mut taint = match (options.raw, options.unsettled) {
        (true, []) => Cow::Borrowed(Taint::NONE),
        (false, []) => Cow::Borrowed(&taint),
        (raw, unsettled) => {
            let mut taint = if raw { Taint::new(tree.len()) } else { taint.clone() };
            unsettled.iter().for_each(|node| taint.mark(*node));
            Cow::Owned(taint)
        }
    };
    let lint = |taint: &Taint, drafts: Vec<Draft>, weighs: fn(Level) -> bool| {
        let mut cx =
            Cx::new(tree, root, taint, options.naming, kind, &structural::UNKNOWN_KIND, drafts);
        (cx.whole, cx.raw) = (options.whole, options.raw);
        if kind.is_some() {
            run_lints(&mut cx, root, lints::of_roots(), options.levels, weighs);
            run_lints(&mut cx, root, lints::of_any_kind(), options.levels, weighs);
        }
        for (id, ty) in &objects {
            run_lints(&mut cx, *id, &ty.index().lints, options.levels, weighs);
        }
        cx.drafts
    };
    // What denies comes first: of a value that is denied, a lint that warns has nothing to say.
    let before = drafts.len();
    let drafts = lint(&taint, drafts, |level| level >= Level::Deny);
    if !options.raw && drafts.len() > before {
        let taint = taint.to_mut();
        drafts.iter().skip(before).filter_map(Draft::value).for_each(|node| taint.mark(node));
    }
    let drafts = lint(&taint, drafts, |level| level == Level::Warn);
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

/// Runs the lints whose level is one of those that are wanted now.
fn run_lints(
    cx: &mut Cx<'_>,
    id: NodeId,
    lints: &[(usize, &'static Rule)],
    levels: &Levels,
    wanted: fn(Level) -> bool,
) {
    for (index, rule) in lints {
        let level = levels.at(*index);
        if !wanted(level) {
            continue;
        }
        let (Some(check), Some(object)) = (rule.check, cx.object(id)) else { continue };
        cx.rule = rule;
        cx.level = Some(level);
        check(cx, object);
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
