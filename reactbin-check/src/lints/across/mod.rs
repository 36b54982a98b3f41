//! The lints that look across objects: what names or selects something that isn't there, and what
//! two objects can't both have.
//!
//! No object is kept. Each is surveyed once: it tells facts, which are small, and asks questions,
//! which are findings made in advance with what must hold of all facts for them to be reported.

use std::fmt;
use std::sync::OnceLock;

use super::{Level, Levels, Lint, index_of};
use crate::check::Options;
use crate::cx::{Obj, Place, Taint};
use crate::finding::{At, Finding, Reason, Severity};
use crate::naming::Naming;
use crate::tree::{NodeId, Tree};

use fact::Needs;
use query::Condition;
use subject::{Pod, Sort, Subject};

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

/// What an object tells others, and what it asks of them.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    /// What it tells.
    pub facts: Vec<Fact>,
    /// What it asks.
    pub questions: Vec<Question>,
}

/// A finding that other objects decide on: [`Index::confirms`] says whether it is to be reported.
#[derive(Clone, Debug)]
pub struct Question {
    /// The finding, complete.
    pub finding: Finding,
    /// What must be so, and what as well.
    condition: Condition,
    and: Option<Box<Condition>>,
}

impl Question {
    fn conditions(&self) -> impl Iterator<Item = &Condition> {
        std::iter::once(&self.condition).chain(self.and.as_deref())
    }
}

/// A lint of this module.
struct Across {
    lint: &'static Lint,
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

/// Whether any lint looks across objects at these levels.
pub(super) fn any(levels: &Levels) -> bool {
    on(levels).next().is_some()
}

/// What an object tells others and asks of them, as far as lints that aren't allowed want to know.
///
/// The object may be of a kind that the facts don't have.
pub fn survey(tree: &Tree, root: NodeId, options: &Options<'_>) -> Survey {
    let mut taint = Taint::default();
    if !options.unsettled.is_empty() {
        taint = Taint::new(tree.len());
        options.unsettled.iter().for_each(|node| taint.mark(*node));
    }
    let root = Obj::of(tree, &taint, root);
    let Some(subject) = root.and_then(|root| Subject::new(root, options.raw)) else {
        return Survey::default();
    };
    let mut needs = Needs::NONE;
    let mut asking = Asking { subject: &subject, options, lint: None, questions: Vec::new() };
    for (across, level) in on(options.levels) {
        needs = needs.and(across.needs);
        asking.lint = Some((across.lint, level));
        (across.ask)(&mut asking);
    }
    Survey { facts: tell::tell(&subject, needs), questions: asking.questions }
}

/// The questions of one object.
struct Asking<'a, 't> {
    subject: &'a Subject<'t>,
    options: &'a Options<'a>,
    lint: Option<(&'static Lint, Level)>,
    questions: Vec<Question>,
}

/// What is asked, and what to report if it is so.
struct Ask {
    place: Place,
    /// The path of the place, as the API spells it.
    path: String,
    reason: Reason,
    message: String,
    help: String,
    condition: Condition,
}

impl<'a, 't> Asking<'a, 't> {
    /// A field's name as the author spells it, in backticks.
    fn f(&self, name: &'static str) -> Spelt {
        Spelt(self.options.naming, name)
    }

    /// The object, if it is of a sort.
    fn sort(&self, sort: Sort) -> Option<&'a Subject<'t>> {
        (self.subject.sort == sort).then_some(self.subject)
    }

    /// The pod of the object, if it is of a kind of Kubernetes.
    fn pod(&self) -> Option<Pod<'t>> {
        self.subject.workload().and(self.subject.pod)
    }

    /// Asks for one thing.
    fn ask(&mut self, ask: Ask) {
        self.ask_both(ask, None);
    }

    /// Asks for two things, both of which must be so.
    fn ask_both(&mut self, ask: Ask, and: Option<Condition>) {
        let Some((lint, level)) = self.lint else { return };
        let (node, at) = match ask.place {
            Place::Value(node) => (node, At::Value),
            Place::Key(node) => (node, At::Key),
            Place::Missing(node, _) => (node, At::Block),
        };
        let severity = match level {
            Level::Deny | Level::Forbid => Severity::Error,
            Level::Warn | Level::Allow => Severity::Warning,
        };
        let finding = Finding {
            rule: lint.rule.id,
            severity,
            level: Some(level),
            reason: ask.reason,
            node,
            at,
            path: ask.path,
            message: ask.message,
            help: Some(ask.help),
            related: None,
        };
        self.questions.push(Question { finding, condition: ask.condition, and: and.map(Box::new) });
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
