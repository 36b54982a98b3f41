//! What the application says of lints, and what that makes of findings: which weigh how much, and
//! which are waived.
//!
//! Must not know what any lint looks at.

use std::collections::BTreeMap;

use reactbin_check::lints::level::no_lint;
use reactbin_check::suggest::suggest;
use reactbin_check::tree::Paths;
use reactbin_check::{Level, Levels, NodeId, lints};

use crate::app::AppParts;
use crate::assemble::{Object, Place, PlacedWaiver};
use crate::lint::Lint;

/// The levels of an application.
pub(crate) struct Policy<'a> {
    /// Those of reactbin's lints.
    pub(crate) levels: Levels,
    /// The team's lints, with the level of each.
    pub(crate) lints: Vec<(&'a Lint, Level)>,
    /// What Cargo.toml says of a lint that there isn't.
    pub(crate) unknown: Vec<String>,
}

impl<'a> Policy<'a> {
    /// What `app!` and Cargo.toml say.
    pub(crate) fn of(parts: &'a AppParts) -> Policy<'a> {
        let mut levels = Levels::default();
        let mut own: BTreeMap<&str, Level> = BTreeMap::new();
        for (name, level) in parts.levels {
            if name.contains("::") {
                own.insert(name, *level);
            } else {
                // The macro has refused what can't be set.
                let _ = levels.set(name, *level);
            }
        }
        let lints: Vec<(&Lint, Level)> = parts
            .lints
            .iter()
            .map(|lint| (lint, own.remove(lint.name).unwrap_or(lint.level)))
            .collect();
        let names = || parts.lints.iter().map(|lint| lint.name);
        let mut unknown: Vec<String> = own.keys().map(|name| unknown_lint(name, names())).collect();
        for (index, name) in names().enumerate() {
            if !name.contains("::") {
                unknown
                    .push(format!("the lint `{name}` needs the name of its team: `team::{name}`"));
            } else if names().take(index).any(|other| other == name) {
                unknown.push(format!("`lints` of `app!` names `{name}` twice"));
            }
        }
        Policy { levels, lints, unknown }
    }

    /// The levels for an object: what its author raises or waives runs too.
    pub(crate) fn levels_for(&self, object: &Object) -> Levels {
        let mut levels = self.levels.clone();
        for waiver in &object.waivers {
            levels.wake(&waiver.waiver.rule);
        }
        levels
    }

    /// Whether a waiver of a lint that there isn't is meant for this one.
    fn means(&self, waiver: &PlacedWaiver, lint: &str) -> bool {
        let waiver = &waiver.waiver;
        let own = || self.lints.iter().map(|(lint, _)| lint.name);
        let is_own = waiver.level == Level::Allow && self.general(&waiver.rule).is_none();
        waiver.means(lint) || is_own && suggest(&waiver.rule, own()) == Some(lint)
    }

    /// What the application says of a lint; `None` if there is no such lint.
    fn general(&self, name: &str) -> Option<Level> {
        match self.lints.iter().find(|(lint, _)| lint.name == name) {
            Some((_, level)) => Some(*level),
            None => lints::find(name).map(|_| self.levels.get(name)),
        }
    }

    /// What is wrong with a level that an author gives to a lint, where only the application can
    /// tell.
    pub(crate) fn problem(&self, waiver: &PlacedWaiver, used: bool) -> Option<(String, String)> {
        let rule = &waiver.waiver.rule;
        let Some(general) = self.general(rule) else {
            let known = self.lints.iter().map(|(lint, _)| lint.name);
            let known: Vec<&str> = known.collect();
            let refusal = no_lint(rule);
            let help = match suggest(rule, known.iter().copied()) {
                Some(meant) => format!("use `{meant}`"),
                None if rule.contains("::") => "register it in `lints` of `app!`".to_owned(),
                None => refusal.help,
            };
            return Some((refusal.message, help));
        };
        if general == Level::Forbid && waiver.waiver.level < Level::Forbid {
            // It is told where something is found.
            if used || waiver.waiver.used {
                return None;
            }
            let message = format!("`{rule}` is forbidden for the whole application");
            return Some((message, "remove the attribute, or `forbid` in Cargo.toml".to_owned()));
        }
        if waiver.waiver.level == Level::Allow && !used && !waiver.waiver.used {
            let message = format!("this waiver of `{rule}` waives nothing");
            return Some((message, "remove it".to_owned()));
        }
        None
    }

    /// What a lint weighs at a node: the nearest level that stands around it counts, unless the
    /// application forbids it.
    pub(crate) fn level_at(
        &self,
        object: &Object,
        paths: &Paths<'_>,
        rule: &str,
        node: NodeId,
        used: &mut [bool],
    ) -> Level {
        let mut around = Vec::new();
        for node in paths.around(node) {
            for (waiver, used) in object.waivers.iter().zip(used.iter_mut()) {
                if waiver.node == node && waiver.waiver.rule == rule {
                    // What stands further out is covered by it.
                    *used |= around.is_empty();
                    around.push(waiver.waiver.level);
                } else if waiver.node == node && self.means(waiver, rule) {
                    // It is told that there is no such lint, and one mistake is one error.
                    around.push(Level::Allow);
                }
            }
        }
        self.general(rule).unwrap_or(Level::Allow).within(around.into_iter())
    }
}

/// Where a level stands that an author gives to a lint.
pub(crate) fn place_of(waiver: &PlacedWaiver) -> Option<Place> {
    waiver.waiver.position.map(|position| Place { source: waiver.source, position })
}

fn unknown_lint<'n>(name: &str, known: impl Iterator<Item = &'n str> + Clone) -> String {
    match suggest(name, known) {
        Some(meant) => format!("Cargo.toml: there is no lint `{name}`; did you mean `{meant}`?"),
        None => format!("Cargo.toml: there is no lint `{name}`: `lints` of `app!` doesn't name it"),
    }
}
