//! The validation rules: relations between fields, grouped as Kubernetes groups them.
//!
//! A rule is a line in its file's `RULES` table: an id, the type that it looks at, its
//! documentation with an object that breaks it and one that doesn't, and a function. What one
//! field can tell by itself is not a rule but data in [`crate::facts::overrides`].

use std::sync::OnceLock;

use crate::cx::{Cx, Obj};
use crate::finding::Severity;

pub mod annotation;
pub mod container;
pub mod custom;
pub mod ingress;
pub mod job;
pub mod lints;
pub mod metadata;
pub mod pod;
pub mod probe;
pub mod resources;
pub mod security;
pub mod selector;
pub mod service;
pub mod structural;
pub mod volume;
pub mod workload;

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// The id: snake case, as a waiver names it.
    pub id: &'static str,
    /// The name of the type whose objects it looks at, as in the facts; empty for the root of
    /// every object.
    pub on: &'static str,
    /// What a finding of it means for the object.
    pub severity: Severity,
    /// Whether it can be waived: it says what goes wrong at run time, not what the API server
    /// refuses.
    pub waivable: bool,
    /// What it demands, in a sentence, and why.
    pub what: &'static str,
    /// Where it comes from: the API server's function, or the document that says it.
    pub source: &'static str,
    /// An object that breaks it, as YAML.
    pub bad: &'static str,
    /// The same object put right.
    pub good: &'static str,
    /// The check of one object; `None` for the rules of the structural phase.
    pub check: Option<fn(&mut Cx<'_>, Obj<'_>)>,
}

const GROUPS: &[&[Rule]] = &[
    annotation::RULES,
    container::RULES,
    custom::RULES,
    ingress::RULES,
    job::RULES,
    lints::RULES,
    metadata::RULES,
    pod::RULES,
    probe::RULES,
    resources::RULES,
    security::RULES,
    selector::RULES,
    service::RULES,
    volume::RULES,
    workload::RULES,
];

/// All rules, sorted by the type that they look at; those of the structural phase, whose order
/// says nothing, among them.
pub fn all() -> &'static [&'static Rule] {
    static ALL: OnceLock<Vec<&'static Rule>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut all: Vec<&'static Rule> = GROUPS.iter().copied().flatten().collect();
        all.extend(structural::RULES);
        all.sort_by_key(|rule| rule.on);
        all
    })
}

/// The rules that look at objects of this type; the empty name for the root of every object.
pub fn on(ty: &str) -> &'static [&'static Rule] {
    let all = all();
    let start = all.partition_point(|rule| rule.on < ty);
    let end = all.partition_point(|rule| rule.on <= ty);
    &all[start..end]
}

/// The rule of this id.
pub fn find(id: &str) -> Option<&'static Rule> {
    all().iter().copied().find(|rule| rule.id == id)
}
