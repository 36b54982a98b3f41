//! The lints: what the API server accepts and a policy doesn't, or what then goes wrong.
//!
//! A lint is named after the bad pattern, has a default level, and its documentation stands with it;
//! each has a file of its own here. The validation rules that can be waived are lints too. What a
//! lint weighs for an application is [`level`]'s; where it is waived is its caller's business.

use std::sync::OnceLock;

use crate::finding::Severity;
use crate::rules::{self, Rule};

pub mod across;
mod budget_that_blocks;
mod budget_without_eviction_policy;
mod cluster_admin_binding;
mod cluster_dns_on_host_network;
mod contexts;
mod custom_priority_class;
mod default_namespace;
mod default_service_account;
mod deprecated_service_account;
mod dns_without_ndots;
mod docker_socket_mount;
mod env_used_before_defined;
mod exposed_service;
mod extensions_v1beta;
mod external_name_address;
mod few_autoscaler_replicas;
mod few_replicas;
mod host_ipc;
mod host_network;
mod host_pid;
mod ignored_annotation;
mod impossible_date;
mod job_cleanup;
pub mod kube_linter;
mod latest_tag;
pub mod level;
mod literal_env_secret;
mod literal_secret;
mod literals;
mod may_run_as_root;
mod net_raw_kept;
mod no_anti_affinity;
mod no_email_annotation;
mod no_liveness_probe;
mod no_node_affinity;
mod no_owner_label;
mod no_readiness_probe;
mod no_restart_policy;
mod no_rolling_update;
mod plaintext_secret;
mod pods;
mod privilege_escalation;
mod privileged_container;
mod privileged_port;
mod privileged_scc;
mod probes;
mod random_text;
mod removed_volume_type;
mod root_despite_non_root;
mod run_as_root;
mod secret_in_environment;
mod sensitive_host_mount;
mod ssh_port;
mod sysctl_set;
mod term_without_selector;
mod tiny_memory_limit;
mod undeclared_liveness_port;
mod undeclared_readiness_port;
mod undeclared_startup_port;
mod unsafe_proc_mount;
mod unsafe_sysctl;
mod unscalable_target;
mod unset_cpu_request;
mod unset_memory_limit;
mod unsorted_keys;
mod wildcard_rule;
mod writable_host_mount;
mod writable_root_file_system;

pub use level::{Level, Levels};
pub(crate) use pods::stand_in;

/// A lint.
#[derive(Debug)]
pub struct Lint {
    /// Its name, what it looks at, its documentation and its check. Its severity is its level's.
    pub rule: Rule,
    /// The level by default.
    pub level: Level,
    /// What it is about.
    pub family: Family,
    /// Why the pattern is bad, in a sentence or two.
    pub why: &'static str,
    /// The checks of kube-linter that it stands for.
    pub kube_linter: &'static [Check],
}

/// A check of kube-linter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Check {
    /// Its name there.
    pub name: &'static str,
    /// Whether it is on by default there.
    pub default: bool,
}

/// A check that kube-linter has on by default.
pub(crate) const fn on(name: &'static str) -> Check {
    Check { name, default: true }
}

/// A check that kube-linter has off by default.
pub(crate) const fn off(name: &'static str) -> Check {
    Check { name, default: false }
}

/// What lints are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// What a container may do to its node and to others.
    Security,
    /// Passwords, keys and tokens.
    Secrets,
    /// Who may do what with the API.
    Access,
    /// Whether it keeps running: probes, replicas, disruptions.
    Reliability,
    /// How much it may take.
    Resources,
    /// What objects say of each other.
    References,
    /// Names, labels, images and other habits.
    Style,
    /// What the API server accepts and what then doesn't do what its author meant.
    RunTime,
}

impl Family {
    /// All families.
    pub const ALL: [Family; 8] = [
        Family::Security,
        Family::Secrets,
        Family::Access,
        Family::Reliability,
        Family::Resources,
        Family::References,
        Family::Style,
        Family::RunTime,
    ];

    /// The name, by which the levels of all its lints are set.
    pub const fn name(self) -> &'static str {
        match self {
            Family::Security => "security",
            Family::Secrets => "secrets",
            Family::Access => "access",
            Family::Reliability => "reliability",
            Family::Resources => "resources",
            Family::References => "references",
            Family::Style => "style",
            Family::RunTime => "run_time",
        }
    }

    /// What it is about, in a sentence.
    pub const fn about(self) -> &'static str {
        match self {
            Family::Security => "What a container may do to its node and to its neighbours.",
            Family::Secrets => "Passwords, keys and tokens that stand where everyone reads them.",
            Family::Access => "Who may do what with the Kubernetes API.",
            Family::Reliability => "Whether it keeps running: probes, replicas, disruptions.",
            Family::Resources => "How much of a node a container may take.",
            Family::References => "What objects say of each other.",
            Family::Style => "Names, labels, images and other habits of a team.",
            Family::RunTime => {
                "What the API server accepts and what then doesn't do what its author meant."
            }
        }
    }
}

/// The lints of this module, by name.
pub static LINTS: &[&Lint] = &[
    &across::binding_to_create_pods::LINT,
    &across::binding_to_secrets::LINT,
    &budget_that_blocks::LINT,
    &budget_without_eviction_policy::LINT,
    &across::budget_without_slack::LINT,
    &cluster_admin_binding::LINT,
    &cluster_dns_on_host_network::LINT,
    &custom_priority_class::LINT,
    &across::dangling_autoscaler::LINT,
    &across::dangling_ingress::LINT,
    &across::dangling_network_policy::LINT,
    &across::dangling_network_policy_peer::LINT,
    &across::dangling_role_binding::LINT,
    &across::dangling_service::LINT,
    &across::dangling_service_monitor::LINT,
    &across::dangling_service_name::LINT,
    &default_namespace::LINT,
    &default_service_account::LINT,
    &deprecated_service_account::LINT,
    &dns_without_ndots::LINT,
    &docker_socket_mount::LINT,
    &env_used_before_defined::LINT,
    &exposed_service::LINT,
    &extensions_v1beta::LINT,
    &external_name_address::LINT,
    &few_autoscaler_replicas::LINT,
    &few_replicas::LINT,
    &host_ipc::LINT,
    &host_network::LINT,
    &host_pid::LINT,
    &ignored_annotation::LINT,
    &impossible_date::LINT,
    &across::ingress_path_twice::LINT,
    &job_cleanup::LINT,
    &latest_tag::LINT,
    &literal_env_secret::LINT,
    &literal_secret::LINT,
    &may_run_as_root::LINT,
    &across::missing_env_key::LINT,
    &across::missing_service_account::LINT,
    &across::missing_source::LINT,
    &net_raw_kept::LINT,
    &no_anti_affinity::LINT,
    &no_email_annotation::LINT,
    &no_liveness_probe::LINT,
    &no_node_affinity::LINT,
    &no_owner_label::LINT,
    &no_readiness_probe::LINT,
    &no_restart_policy::LINT,
    &no_rolling_update::LINT,
    &across::node_port_twice::LINT,
    &across::non_isolated_pod::LINT,
    &across::overlapping_selectors::LINT,
    &plaintext_secret::LINT,
    &privilege_escalation::LINT,
    &privileged_container::LINT,
    &privileged_port::LINT,
    &privileged_scc::LINT,
    &random_text::LINT,
    &removed_volume_type::LINT,
    &across::replicas_beside_autoscaler::LINT,
    &root_despite_non_root::LINT,
    &run_as_root::LINT,
    &secret_in_environment::LINT,
    &sensitive_host_mount::LINT,
    &ssh_port::LINT,
    &sysctl_set::LINT,
    &term_without_selector::LINT,
    &tiny_memory_limit::LINT,
    &across::two_autoscalers::LINT,
    &across::two_budgets::LINT,
    &undeclared_liveness_port::LINT,
    &undeclared_readiness_port::LINT,
    &undeclared_startup_port::LINT,
    &across::unknown_target_port::LINT,
    &unsafe_proc_mount::LINT,
    &unsafe_sysctl::LINT,
    &unscalable_target::LINT,
    &unset_cpu_request::LINT,
    &unset_memory_limit::LINT,
    &unsorted_keys::LINT,
    &wildcard_rule::LINT,
    &writable_host_mount::LINT,
    &writable_root_file_system::LINT,
];

/// A lint as it is known by its name: one of [`LINTS`], or a validation rule that can be waived.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// Its name, its documentation and its check.
    pub rule: &'static Rule,
    /// The level by default.
    pub level: Level,
    /// What it is about.
    pub family: Family,
    /// Why the pattern is bad; empty where the rule says it already.
    pub why: &'static str,
    /// The checks of kube-linter that it stands for.
    pub kube_linter: &'static [Check],
}

impl Known {
    /// Whether it looks at several objects.
    pub fn is_across(&self) -> bool {
        across::ids().any(|id| id == self.rule.id)
    }

    /// Whether a declaration alone can't tell: it takes other objects, or what the application gives
    /// it.
    pub fn is_late(&self) -> bool {
        self.rule.check.is_none() || across::asks(self.rule.id)
    }
}

/// All lints, by name.
pub fn all() -> &'static [Known] {
    static ALL: OnceLock<Vec<Known>> = OnceLock::new();
    ALL.get_or_init(|| {
        let own = LINTS.iter().map(|lint| Known {
            rule: &lint.rule,
            level: lint.level,
            family: lint.family,
            why: lint.why,
            kube_linter: lint.kube_linter,
        });
        let waivable = rules::known().filter(|rule| rule.waivable).map(|rule| Known {
            rule,
            level: match rule.severity {
                Severity::Error => Level::Deny,
                Severity::Warning => Level::Warn,
            },
            family: Family::RunTime,
            why: "",
            kube_linter: kube_linter::of_rule(rule.id),
        });
        let mut all: Vec<Known> = own.chain(waivable).collect();
        all.sort_unstable_by_key(|known| known.rule.id);
        all
    })
}

/// The lint of this name.
pub fn find(id: &str) -> Option<&'static Known> {
    all().get(index_of(id)?)
}

/// The place of a lint among [`all`].
pub(crate) fn index_of(id: &str) -> Option<usize> {
    all().binary_search_by(|known| known.rule.id.cmp(id)).ok()
}

/// What a lint looks at that needs no type: the root of every object, whether its kind is known or
/// not.
pub const ANY_KIND: &str = "*";

/// A lint, and its place among [`all`].
pub(crate) type OfLint = (usize, &'static Rule);

/// The lints that look at objects of this type.
pub(crate) fn on_type(ty: &str) -> Vec<OfLint> {
    let lints = all().iter().enumerate().map(|(index, known)| (index, known.rule));
    lints.filter(|(_, rule)| rule.check.is_some() && rule.looks_at(ty)).collect()
}

/// The lints that look at the root of objects of whatever kind.
pub(crate) fn of_any_kind() -> &'static [OfLint] {
    static ANY: OnceLock<Vec<OfLint>> = OnceLock::new();
    ANY.get_or_init(|| on_type(ANY_KIND))
}

/// The lints that look at the root of every object of a known kind, those of whatever kind after
/// the others.
pub(crate) fn of_objects() -> &'static [&'static [OfLint]] {
    static ROOTS: OnceLock<Vec<OfLint>> = OnceLock::new();
    static ALL: OnceLock<[&[OfLint]; 2]> = OnceLock::new();
    ALL.get_or_init(|| [ROOTS.get_or_init(|| on_type("")), of_any_kind()])
}
