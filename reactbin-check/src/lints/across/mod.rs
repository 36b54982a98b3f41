//! The lints that look across objects: what names or selects something that isn't there, and what
//! two objects can't both have.
//!
//! No object is kept. Each is surveyed once: it tells facts, which are small, and asks questions: what
//! would be a finding, and what must be so for it to be one. Nothing here knows in which order objects
//! come, nor where they come from.

use std::fmt;
use std::sync::OnceLock;

use super::{Level, Levels, Lint, index_of};
use crate::check::Options;
use crate::cx::{Obj, Taint};
use crate::finding::{At, Finding, Reason, Severity};
use crate::naming::Naming;
use crate::tree::{NodeId, Tree};

use fact::Needs;
use query::Condition;
use subject::{Sort, Subject};

mod claims;
mod fact;
mod grants;
mod index;
mod key;
pub(super) mod labels;
pub(super) mod part;
mod query;
pub(super) mod subject;
mod table;
mod tell;

pub(super) mod binding_to_create_pods;
pub(super) mod binding_to_secrets;
pub(super) mod budget_without_slack;
pub(super) mod dangling_autoscaler;
pub(super) mod dangling_ingress;
pub(super) mod dangling_network_policy;
pub(super) mod dangling_network_policy_peer;
pub(super) mod dangling_role_binding;
pub(super) mod dangling_service;
pub(super) mod dangling_service_monitor;
pub(super) mod dangling_service_name;
pub(super) mod ingress_path_twice;
pub(super) mod missing_env_key;
pub(super) mod missing_service_account;
pub(super) mod missing_source;
pub(super) mod node_port_twice;
pub(super) mod non_isolated_pod;
pub(super) mod overlapping_selectors;
pub(super) mod replicas_beside_autoscaler;
pub(super) mod two_autoscalers;
pub(super) mod two_budgets;
pub(super) mod unknown_target_port;

pub use fact::Fact;
pub use index::Index;

/// What objects tell others, and what they ask of them.
#[derive(Debug, Default)]
pub struct Survey {
    /// What they tell.
    pub facts: Vec<Fact>,
    /// What they ask.
    pub questions: Vec<Question>,
}

/// A finding that other objects decide on: [`Index::confirms`] says whether it is to be reported.
/// Most aren't, so that their texts are made when they are.
pub struct Question {
    /// The level of the lint.
    pub level: Level,
    /// The node that the finding is about.
    pub node: NodeId,
    /// What of the node to point at.
    pub at: At,
    /// The key of the node, where it is known.
    pub key: Option<NodeId>,
    lint: &'static Lint,
    reason: Reason,
    text: Box<dyn Fn() -> Text + Send + Sync>,
    /// What must be so, and what as well.
    condition: Condition,
    and: Option<Box<Condition>>,
}

/// The texts of a finding.
struct Text {
    /// The path of the place, as the API spells it.
    path: String,
    message: String,
    help: String,
}

impl Question {
    /// The finding.
    pub fn finding(&self) -> Finding {
        let Text { path, message, help } = (self.text)();
        Finding {
            rule: self.lint.rule.id,
            severity: match self.level {
                Level::Deny | Level::Forbid => Severity::Error,
                Level::Warn | Level::Allow => Severity::Warning,
            },
            level: Some(self.level),
            reason: self.reason,
            node: self.node,
            at: self.at,
            path,
            message,
            help: Some(help),
            quotes: false,
            related: None,
        }
    }

    fn conditions(&self) -> impl Iterator<Item = &Condition> {
        std::iter::once(&self.condition).chain(self.and.as_deref())
    }
}

impl fmt::Debug for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Question").field(&self.finding()).finish()
    }
}

/// A lint of this module.
struct Across {
    lint: &'static Lint,
    /// The sorts of objects that it looks at.
    of: &'static [Sort],
    /// The facts that its questions are about.
    needs: Needs,
    /// Asks the questions of one object.
    ask: fn(&mut Asking<'_, '_>),
}

/// The lints of this module.
static ALL: &[Across] = &[
    binding_to_create_pods::ACROSS,
    binding_to_secrets::ACROSS,
    budget_without_slack::ACROSS,
    dangling_autoscaler::ACROSS,
    dangling_ingress::ACROSS,
    dangling_network_policy::ACROSS,
    dangling_network_policy_peer::ACROSS,
    dangling_role_binding::ACROSS,
    dangling_service::ACROSS,
    dangling_service_monitor::ACROSS,
    dangling_service_name::ACROSS,
    ingress_path_twice::ACROSS,
    missing_env_key::ACROSS,
    missing_service_account::ACROSS,
    missing_source::ACROSS,
    node_port_twice::ACROSS,
    non_isolated_pod::ACROSS,
    overlapping_selectors::ACROSS,
    replicas_beside_autoscaler::ACROSS,
    two_autoscalers::ACROSS,
    two_budgets::ACROSS,
    unknown_target_port::ACROSS,
];

/// The lints of this module with their levels, but for those that are allowed.
fn on(levels: &Levels) -> impl Iterator<Item = (&'static Across, Level)> {
    static PLACES: OnceLock<Vec<usize>> = OnceLock::new();
    let places = PLACES.get_or_init(|| {
        ALL.iter().map(|across| index_of(across.lint.rule.id).unwrap_or(usize::MAX)).collect()
    });
    let all = ALL.iter().zip(places).map(|(across, place)| (across, levels.at(*place)));
    all.filter(|(_, level)| *level != Level::Allow)
}

/// Whether the lint of this name looks across objects, whatever one object can tell by itself.
pub(super) fn asks(id: &str) -> bool {
    ALL.iter().any(|across| across.lint.rule.id == id)
}

/// The names of the lints of this module that one object can't break by itself.
pub fn ids() -> impl Iterator<Item = &'static str> {
    let rules = ALL.iter().map(|across| &across.lint.rule);
    rules.filter(|rule| rule.check.is_none()).map(|rule| rule.id)
}

/// Whether any lint looks across objects at these levels.
pub(super) fn any(levels: &Levels) -> bool {
    on(levels).next().is_some()
}

/// What an object tells others and asks of them, as far as lints that aren't allowed want to know.
///
/// The object may be of a kind that the facts don't have.
pub fn survey(tree: &Tree, root: NodeId, options: &Options<'_>) -> Survey {
    let mut survey = Survey::default();
    survey.add(tree, root, options);
    survey
}

impl Survey {
    /// Adds what an object tells and asks.
    pub fn add(&mut self, tree: &Tree, root: NodeId, options: &Options<'_>) {
        let mut taint = Taint::default();
        if !options.unsettled.is_empty() {
            taint = Taint::new(tree.len());
            options.unsettled.iter().for_each(|node| taint.mark(*node));
        }
        let root = Obj::of(tree, &taint, root);
        let Some(subject) = root.and_then(|root| Subject::new(root, options.raw)) else { return };
        let mut needs = Needs::NONE;
        for (across, level) in on(options.levels) {
            needs = needs.and(across.needs);
            if across.of.contains(&subject.sort) {
                let (subject, lint, naming) = (&subject, across.lint, options.naming);
                let questions = &mut self.questions;
                (across.ask)(&mut Asking { subject, lint, level, naming, questions });
            }
        }
        tell::tell(&subject, needs, &mut self.facts);
    }
}

/// The questions of one lint about one object.
struct Asking<'a, 't> {
    subject: &'a Subject<'t>,
    lint: &'static Lint,
    level: Level,
    naming: Naming,
    questions: &'a mut Vec<Question>,
}

impl<'a, 't> Asking<'a, 't> {
    /// A field's name as the author spells it, in backticks.
    fn f(&self, name: &'static str) -> Spelt {
        Spelt(self.naming, name)
    }

    /// Asks for one thing.
    fn ask(
        &mut self,
        spot: Spot,
        reason: Reason,
        condition: Condition,
        text: impl Fn() -> Text + Send + Sync + 'static,
    ) {
        self.ask_both(spot, reason, (condition, None), text);
    }

    /// Asks for one thing and perhaps another, all of which must be so.
    fn ask_both(
        &mut self,
        Spot { node, at, key }: Spot,
        reason: Reason,
        (condition, and): (Condition, Option<Condition>),
        text: impl Fn() -> Text + Send + Sync + 'static,
    ) {
        let (lint, level, text) = (self.lint, self.level, Box::new(text));
        let and = and.map(Box::new);
        self.questions.push(Question { level, node, at, key, lint, reason, text, condition, and });
    }
}

/// Where a finding stands.
#[derive(Clone, Copy)]
struct Spot {
    node: NodeId,
    at: At,
    key: Option<NodeId>,
}

impl Spot {
    /// A field's value, or the block that lacks it.
    fn of(object: Obj<'_>, field: &str) -> Spot {
        match object.entry(field) {
            Some(entry) => Spot { node: entry.value, at: At::Value, key: Some(entry.key) },
            None => Spot::lacking(object),
        }
    }

    /// A block that lacks something.
    fn lacking(block: Obj<'_>) -> Spot {
        Spot { node: block.id, at: At::Block, key: None }
    }
}

/// A field's name in backticks, written only where it is needed.
#[derive(Clone, Copy)]
struct Spelt(Naming, &'static str);

impl fmt::Display for Spelt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Naming::Camel => write!(f, "`{}`", self.1),
            naming => f.write_str(&naming.quote(self.1)),
        }
    }
}
