//! What the application itself says of objects that a check meets as YAML: what it waives of those
//! that it has declared, and the lints of its team.
//!
//! Must not know files, nor what is printed.

use std::collections::BTreeMap;

use reactbin_check::lints::{self, Known};
use reactbin_check::tree::Paths;
use reactbin_check::{Level, NodeId, Tree};

use crate::app::{App, Placed};
use crate::assemble::{Object, Values};
use crate::lint::{Findings, Lint, Subject};

/// An application, as far as a check needs it.
pub(super) struct Own<'a> {
    /// The team's lints, with the level of each.
    lints: Vec<(&'a Lint, Level)>,
    objects: BTreeMap<Key, (Object, Vec<Said>)>,
}

/// Group, kind, namespace and name of an object.
type Key = [String; 4];

/// A level that an author gives to lints, and the path of the block that it covers.
struct Said {
    of: Lints,
    level: Level,
    path: String,
}

enum Lints {
    One(String),
    /// All: a value isn't settled, and none says anything of it.
    All,
    /// Those that look for other objects: a value names one that is made elsewhere.
    Late,
}

impl Lints {
    fn have(&self, lint: &str) -> bool {
        match self {
            Lints::One(name) => name == lint,
            Lints::All => true,
            Lints::Late => lints::find(lint).is_some_and(Known::is_late),
        }
    }
}

/// What one of the team's lints has found.
pub(super) struct OwnFinding {
    pub(super) lint: &'static str,
    pub(super) level: Level,
    pub(super) node: NodeId,
    pub(super) path: String,
    pub(super) message: String,
    pub(super) help: Option<String>,
}

impl<'a> Own<'a> {
    /// Nothing: the API server's rules, or a standard, don't depend on an application.
    pub(super) fn nothing() -> Own<'static> {
        Own { lints: Vec::new(), objects: BTreeMap::new() }
    }

    /// What an application says, with these levels for lints of its team.
    pub(super) fn of(app: &'a App, levels: &[(String, Level)]) -> Own<'a> {
        let mut objects = BTreeMap::new();
        for Placed { object, .. } in app.objects(&Values::new()) {
            if object.waivers.is_empty()
                && object.unsettled.is_empty()
                && object.externals.is_empty()
            {
                continue;
            }
            let paths = Paths::new(&object.tree, object.root);
            let waivers = object.waivers.iter().map(|waiver| Said {
                of: Lints::One(waiver.waiver.rule.clone()),
                level: waiver.waiver.level,
                path: paths.path(waiver.node),
            });
            let silent = |of, node| Said { of, level: Level::Allow, path: paths.path(node) };
            let unsettled = object.unsettled.iter().map(|node| silent(Lints::All, *node));
            let externals = object.externals.iter().map(|node| silent(Lints::Late, *node));
            let said = waivers.chain(unsettled).chain(externals).collect();
            objects.insert(key(&object.tree, object.root), (object, said));
        }
        let mut lints = app.policy().lints;
        for (lint, level) in &mut lints {
            // The last counts.
            let given = levels.iter().rev().find(|(name, _)| name == lint.name);
            *level = given.map_or(*level, |(_, level)| *level);
        }
        lints.retain(|(_, level)| *level > Level::Allow);
        Own { lints, objects }
    }

    /// What a lint weighs at a path of an object that the application has declared.
    pub(super) fn level(
        &self,
        tree: &Tree,
        root: NodeId,
        path: &str,
        lint: &str,
        general: Level,
    ) -> Level {
        self.said(tree, root).map_or(general, |said| said.level(path, lint, general))
    }

    /// What the author of an object says of lints, if the application has declared it.
    pub(super) fn said<'o>(&'o self, tree: &'o Tree, root: NodeId) -> Option<OfObject<'o>> {
        if self.objects.is_empty() {
            return None;
        }
        let (own, said) = self.objects.get(&key(tree, root))?;
        Some(OfObject { own, said, tree, root })
    }

    /// What the team's lints have against an object.
    pub(super) fn findings(&self, tree: &Tree, root: NodeId) -> Vec<OwnFinding> {
        if self.lints.is_empty() {
            return Vec::new();
        }
        let object = Object::of_tree(tree.clone(), root);
        let mut all = Vec::new();
        for (lint, general) in &self.lints {
            let mut findings = Findings::default();
            (lint.check)(&Subject::new(&object), &mut findings);
            for found in findings.all {
                let level = self.level(tree, root, &found.path, lint.name, *general);
                if level > Level::Allow {
                    let node = found.node(&object);
                    let (lint, path) = (lint.name, found.path);
                    let (message, help) = (found.message, found.help);
                    all.push(OwnFinding { lint, level, node, path, message, help });
                }
            }
        }
        all
    }
}

/// What the author of an object says of lints.
#[derive(Clone, Copy)]
pub(super) struct OfObject<'a> {
    own: &'a Object,
    said: &'a [Said],
    /// The object as it is met.
    tree: &'a Tree,
    root: NodeId,
}

impl OfObject<'_> {
    /// What a lint weighs at a path.
    pub(super) fn level(self, path: &str, lint: &str, general: Level) -> Level {
        // What somebody else has written there isn't what the author meant.
        if !is_same(&self.own.tree, self.own.root, self.tree, self.root, path) {
            return general;
        }
        let mut around: Vec<&Said> = self
            .said
            .iter()
            .filter(|said| said.of.have(lint))
            .filter(|said| covers(&said.path, path))
            .collect();
        around.sort_by_key(|said| std::cmp::Reverse(said.path.len()));
        general.within(around.into_iter().map(|said| said.level))
    }
}

fn key(tree: &Tree, root: NodeId) -> Key {
    let text = |path: &[&str]| tree.at(root, path).map_or("", |id| tree.str(id));
    let group = text(&["apiVersion"]).split_once('/').map_or("", |(group, _)| group);
    let (namespace, name) = (text(&["metadata", "namespace"]), text(&["metadata", "name"]));
    [group, text(&["kind"]), namespace, name].map(str::to_owned)
}

/// Whether two objects have the same value at a path, or both none.
fn is_same(own: &Tree, own_root: NodeId, tree: &Tree, root: NodeId, path: &str) -> bool {
    let ((mine, here), (theirs, there)) = (own.nearest(own_root, path), tree.nearest(root, path));
    here == there && own.get(mine).plain() == tree.get(theirs).plain()
}

/// Whether a path is that of a block or of something in it.
fn covers(block: &str, path: &str) -> bool {
    path.strip_prefix(block)
        .is_some_and(|rest| block.is_empty() || rest.is_empty() || rest.starts_with(['.', '[']))
}

#[cfg(test)]
mod tests {
    use super::covers;

    #[test]
    fn a_block_covers_what_is_in_it() {
        assert!(covers("", "spec.a"));
        assert!(covers("spec", "spec"));
        assert!(covers("spec", "spec.a[0]"));
        assert!(covers("spec.a", "spec.a[0].b"));
        assert!(!covers("spec.a", "spec.ab"));
        assert!(!covers("spec.a", "spec"));
    }
}
