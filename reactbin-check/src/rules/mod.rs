//! The validation rules: relations between fields, grouped as Kubernetes groups them.
//!
//! A rule is a line in its file's `RULES` table: an id, the type that it looks at, its
//! documentation with an object that breaks it and one that doesn't, and a function. What one
//! field can tell by itself is not a rule but data in [`crate::facts::overrides`].

use std::sync::OnceLock;

use crate::cx::{Cx, Obj};
use crate::finding::Severity;

pub mod admission;
pub mod annotation;
pub mod cluster;
pub mod config;
pub mod container;
pub mod control;
pub mod crd;
pub mod custom;
pub mod device;
pub mod endpoints;
pub mod event;
pub mod flow;
pub mod futile;
pub mod image;
pub mod ingress;
pub mod job;
pub mod metadata;
pub mod network_policy;
pub mod older;
pub mod pod;
pub mod probe;
pub mod quota;
pub mod rbac;
pub mod resources;
pub mod review;
pub mod scaling;
pub mod schema;
pub mod security;
pub mod selector;
pub mod service;
pub mod slice;
pub mod storage;
pub mod structural;
pub mod volume;
pub mod workload;

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// The id: snake case, as a waiver names it.
    pub id: &'static str,
    /// The name of the type whose objects it looks at, as in the facts, or several with spaces
    /// between; empty for the root of every object.
    pub on: &'static str,
    /// What a finding of it means for the object.
    pub severity: Severity,
    /// Whether it is a lint, which has a level and can be waived: it says what goes wrong at run
    /// time, not what the API server refuses.
    pub waivable: bool,
    /// What it demands, in a sentence, and why.
    pub what: &'static str,
    /// Where it comes from: the API server's function, or the document that says it.
    pub source: &'static str,
    /// An object that breaks it, as YAML; empty for a rule that none breaks by itself.
    pub bad: &'static str,
    /// The same object put right.
    pub good: &'static str,
    /// The check of one object; `None` for the rules of the structural phase.
    pub check: Option<fn(&mut Cx<'_>, Obj<'_>)>,
}

impl Rule {
    /// Whether it looks at objects of this type; the empty name is the root of every object.
    pub fn looks_at(&self, ty: &str) -> bool {
        self.on.split(' ').any(|other| other == ty)
    }

    /// Whether an object can break it by itself.
    pub fn is_of_objects(&self) -> bool {
        !self.bad.is_empty()
    }
}

/// Rules that belong together, as the documentation has them.
#[derive(Debug)]
pub struct Group {
    /// What they are about, in a few words.
    pub title: &'static str,
    /// What they are about, in a sentence.
    pub about: &'static str,
    files: &'static [&'static [Rule]],
}

impl Group {
    /// The rules, those of the structural phase among those of every kind.
    pub fn rules(&self) -> impl Iterator<Item = &'static Rule> {
        let structural = if self.title == GROUPS[0].title { structural::RULES } else { &[] };
        self.files.iter().copied().flatten().chain(structural.iter().copied())
    }
}

/// All rules, in groups.
pub const GROUPS: &[Group] = &[
    Group {
        title: "Every kind",
        about: "What holds for every object: its fields, its name, its labels.",
        files: &[metadata::RULES, selector::RULES],
    },
    Group {
        title: "Pods",
        about: "What holds for a pod, and for the template of one.",
        files: &[
            annotation::RULES,
            container::RULES,
            pod::RULES,
            probe::RULES,
            resources::RULES,
            security::RULES,
            volume::RULES,
        ],
    },
    Group {
        title: "Workloads",
        about: "What runs pods: Deployments and their likes, Jobs, CronJobs.",
        files: &[job::RULES, workload::RULES],
    },
    Group {
        title: "Services and networks",
        about: "How traffic gets to pods, and which may.",
        files: &[endpoints::RULES, ingress::RULES, network_policy::RULES, service::RULES],
    },
    Group {
        title: "Configuration and storage",
        about: "ConfigMaps, Secrets, volumes, claims and their classes.",
        files: &[config::RULES, storage::RULES],
    },
    Group {
        title: "Scaling and limits",
        about: "Autoscalers, budgets, quotas, priorities.",
        files: &[quota::RULES, scaling::RULES],
    },
    Group {
        title: "Access",
        about: "Roles, who has them, and who may do what.",
        files: &[rbac::RULES, review::RULES],
    },
    Group {
        title: "Extension",
        about: "Custom resources, webhooks and policies.",
        files: &[admission::RULES, crd::RULES, schema::RULES],
    },
    Group {
        title: "Cluster",
        about: "Nodes, addresses, drivers, devices, events, and the flow of requests.",
        files: &[
            cluster::RULES,
            control::RULES,
            device::RULES,
            event::RULES,
            flow::RULES,
            slice::RULES,
        ],
    },
    Group {
        title: "Custom kinds",
        about: "What the Vault Secrets Operator demands beyond its CRDs.",
        files: &[custom::RULES],
    },
    Group {
        title: "Beyond the server",
        about: "What the API server takes and what then goes wrong.",
        files: &[futile::RULES],
    },
    Group {
        title: "Older versions",
        about: "What servers of versions still in use refuse, and this one takes.",
        files: &[older::RULES],
    },
];

/// All rules, those of the structural phase among them.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    GROUPS.iter().flat_map(Group::rules)
}

/// The rules of the API server that look at objects of this type; the empty name for the root of
/// every object.
pub fn on(ty: &str) -> impl Iterator<Item = &'static Rule> {
    static BY_TYPE: OnceLock<Vec<(&str, &'static Rule)>> = OnceLock::new();
    let by_type = BY_TYPE.get_or_init(|| {
        let mut by_type: Vec<_> = all()
            .filter(|rule| !rule.waivable)
            .flat_map(|rule| rule.on.split(' ').map(move |ty| (ty, rule)))
            .collect();
        by_type.sort_by_key(|(ty, _)| *ty);
        by_type
    });
    let start = by_type.partition_point(|(other, _)| *other < ty);
    let end = by_type.partition_point(|(other, _)| *other <= ty);
    by_type[start..end].iter().map(|(_, rule)| *rule)
}

/// The rules that look at the root of every object.
pub(crate) fn of_roots() -> &'static [&'static Rule] {
    static ROOTS: OnceLock<Vec<&'static Rule>> = OnceLock::new();
    ROOTS.get_or_init(|| on("").collect())
}

/// All rules, and those that no object breaks by itself.
pub fn known() -> impl Iterator<Item = &'static Rule> {
    all().chain(image::RULES)
}

/// The rule of this id.
pub fn find(id: &str) -> Option<&'static Rule> {
    known().find(|rule| rule.id == id)
}
