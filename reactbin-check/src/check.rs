//! The two phases of a check: the structure, then the rules.
//!
//! Knows no rule by name.

use std::borrow::Cow;

use crate::cx::{Cx, Taint, finish};
use crate::facts::{self, Kind, TypeDef};
use crate::finding::{Finding, Reason};
use crate::lints::{self, Level, Levels, OfLint};
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
/// An object of a kind that the facts don't have is one finding; of the lints, those say more of it
/// that look at objects of whatever kind, and of an object that nobody means to put right first those
/// that look at a kind which has the same pods.
pub fn check_object(tree: &Tree, root: NodeId, options: &Options<'_>) -> Vec<Finding> {
    if let Some(kind) = kind_of(tree, root) {
        return check_kind(tree, root, kind, options);
    }
    let unknown = vec![unknown_kind(tree, root)];
    let taint = taint_of(tree, Taint::NONE, options);
    let text = |field| tree.entry(root, field).map_or("", |entry| tree.str(entry.value));
    let stand_in = lints::stand_in(text("apiVersion"), text("kind")).filter(|_| options.raw);
    let object = Object { tree, root, kind: stand_in, options };
    let Some(kind) = stand_in else {
        let drafts = object.lint(&taint, &[lints::of_any_kind()], &[], unknown);
        return finish(tree, root, None, drafts);
    };
    let objects = check_structure(tree, root, kind.ty, false, options.naming).objects;
    let drafts = object.lint(&taint, lints::of_objects(), &objects, unknown);
    finish(tree, root, Some(kind.ty), drafts)
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
    let object = Object { tree, root, kind, options };
    let custom = kind.is_some_and(|kind| kind.custom);
    let Structure { taint, mut drafts, objects } =
        check_structure(tree, root, ty, custom, options.naming);
    drafts.retain_mut(|draft| draft.weigh(options.levels));
    let mut cx = object.cx(&taint, drafts);
    if kind.is_some() {
        run_rules(&mut cx, root, rules::of_roots());
    }
    for (id, ty) in &objects {
        run_rules(&mut cx, *id, &ty.index().rules);
    }
    let drafts = cx.drafts;
    let taint = taint_of(tree, if options.raw { Taint::NONE } else { &taint }, options);
    let roots = if kind.is_some() { lints::of_objects() } else { &[] };
    let drafts = object.lint(&taint, roots, &objects, drafts);
    finish(tree, root, Some(ty), drafts)
}

/// What is wrong already, and what isn't settled.
fn taint_of<'t>(tree: &Tree, known: &'t Taint, options: &Options<'_>) -> Cow<'t, Taint> {
    let mut taint = Cow::Borrowed(known);
    if !options.unsettled.is_empty() {
        taint.to_mut().mark_all(tree.len(), options.unsettled.iter().copied());
    }
    taint
}

/// What is checked.
struct Object<'a> {
    tree: &'a Tree,
    root: NodeId,
    /// The kind; `None` for a part of an object, and where it isn't known.
    kind: Option<&'static Kind>,
    options: &'a Options<'a>,
}

impl Object<'_> {
    fn cx<'t>(&'t self, taint: &'t Taint, drafts: Vec<Draft>) -> Cx<'t> {
        let Options { naming, whole, raw, .. } = *self.options;
        let rule = &structural::UNKNOWN_KIND;
        let mut cx = Cx::new(self.tree, self.root, taint, naming, self.kind, rule, drafts);
        (cx.whole, cx.raw) = (whole, raw);
        cx
    }

    /// Runs the lints: those that look at the root, and those that look at each object in it.
    fn lint(
        &self,
        taint: &Taint,
        roots: &[&[OfLint]],
        objects: &[(NodeId, &'static TypeDef)],
        drafts: Vec<Draft>,
    ) -> Vec<Draft> {
        let run = |cx: &mut Cx<'_>, first: bool| {
            for lints in roots {
                run_lints(cx, self.root, lints, self.options.levels, first);
            }
            for (id, ty) in objects {
                run_lints(cx, *id, &ty.index().lints, self.options.levels, first);
            }
        };
        let before = drafts.len();
        let denied;
        let mut cx = self.cx(taint, drafts);
        // What denies comes first: of a value that is denied, a lint that warns has nothing to say.
        if self.options.levels.any_says_all() {
            run(&mut cx, true);
        }
        if cx.drafts.len() > before {
            let mut all = taint.clone();
            let new = cx.drafts.iter().skip(before).filter(|draft| draft.denies());
            all.mark_all(self.tree.len(), new.filter_map(Draft::value));
            denied = all;
            cx.taint = &denied;
        }
        run(&mut cx, false);
        cx.drafts
    }
}

fn run_rules(cx: &mut Cx<'_>, id: NodeId, rules: &[&'static Rule]) {
    if rules.is_empty() {
        return;
    }
    let Some(object) = cx.object(id) else { return };
    for rule in rules {
        if let Some(check) = rule.check {
            cx.rule = rule;
            check(cx, object);
        }
    }
}

/// Runs the lints that come first, or those that only warn.
fn run_lints(cx: &mut Cx<'_>, id: NodeId, lints: &[OfLint], levels: &Levels, first: bool) {
    if lints.is_empty() {
        return;
    }
    let Some(object) = cx.object(id) else { return };
    for (index, rule) in lints {
        let level = levels.at(*index);
        if level == Level::Allow || levels.says_all(*index) != first {
            continue;
        }
        let Some(check) = rule.check else { continue };
        cx.rule = rule;
        cx.level = Some(level);
        let before = cx.drafts.len();
        check(cx, object);
        if levels.is_woken(*index) {
            cx.drafts.iter_mut().skip(before).for_each(|draft| draft.alone = true);
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
