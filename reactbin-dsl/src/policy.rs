//! What the application says of lints, and what that makes of findings: which weigh how much, and
//! which are waived.
//!
//! Must not know what any lint looks at.

use std::collections::BTreeMap;

use reactbin_check::lints::level::no_lint;
use reactbin_check::suggest::suggest;
use reactbin_check::tree::Paths;
use reactbin_check::{Level, Levels, NodeId, lints};

use crate::app::{AppParts, OwnLevel};
use crate::assemble::{Object, Place, PlacedWaiver};
use crate::lint::Lint;

/// The levels of an application.
pub(crate) struct Policy<'a> {
    /// Those of reactbin's lints.
    pub(crate) levels: Levels,
    /// What is written of them, in the order in which it counts.
    pub(crate) written: &'a [(&'static str, Level)],
    /// The team's lints, with the level of each.
    pub(crate) lints: Vec<(&'a Lint, Level)>,
    /// What is wrong with the list of the team's lints, and with what Cargo.toml says of them.
    pub(crate) mistakes: Vec<Mistake<'a>>,
}

/// A lint of the team that there isn't, or that isn't named well.
pub(crate) struct Mistake<'a> {
    pub(crate) message: String,
    pub(crate) help: String,
    /// The line of Cargo.toml that says it; `None` if `app!` does.
    pub(crate) line: Option<&'a OwnLevel>,
}

impl<'a> Policy<'a> {
    /// What `app!` and Cargo.toml say.
    pub(crate) fn of(parts: &'a AppParts) -> Policy<'a> {
        let mut levels = Levels::default();
        for (name, level) in parts.levels {
            // The macro has refused what can't be set.
            let _ = levels.set(name, *level);
        }
        let mut own: BTreeMap<&str, &OwnLevel> =
            parts.own_levels.iter().map(|own| (own.name, own)).collect();
        let lints: Vec<(&Lint, Level)> = parts
            .lints
            .iter()
            .map(|lint| (lint, own.remove(lint.name).map_or(lint.level, |own| own.level)))
            .collect();
        let names: Vec<&str> = parts.lints.iter().map(|lint| lint.name).collect();
        let mut mistakes: Vec<Mistake<'_>> =
            own.into_values().map(|line| unknown_lint(line, &names)).collect();
        for (index, name) in names.iter().enumerate() {
            let (message, help) = if !name.contains("::") {
                let message = format!("the lint `{name}` lacks the name of its team");
                (message, format!("name it `team::{name}`"))
            } else if names[..index].contains(name) {
                let message = format!("`lints` of `app!` names `{name}` twice");
                (message, "remove one of them".to_owned())
            } else {
                continue;
            };
            mistakes.push(Mistake { message, help, line: None });
        }
        Policy { levels, written: parts.levels, lints, mistakes }
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

    /// The nearest waiver of a lint that stands around a node.
    pub(crate) fn waiver_around<'o>(
        object: &'o Object,
        paths: &Paths<'_>,
        lint: &str,
        node: NodeId,
    ) -> Option<&'o PlacedWaiver> {
        paths.around(node).find_map(|node| {
            object.waivers.iter().find(|PlacedWaiver { waiver, node: at, .. }| {
                *at == node && waiver.level == Level::Allow && waiver.rule == lint
            })
        })
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

fn unknown_lint<'a>(line: &'a OwnLevel, known: &[&str]) -> Mistake<'a> {
    let help = match suggest(line.name, known.iter().copied()) {
        Some(meant) => format!("use `{meant}`"),
        None => "register it in `lints` of `app!`".to_owned(),
    };
    let message = format!("there is no lint `{}`", line.name);
    Mistake { message, help, line: Some(line) }
}
