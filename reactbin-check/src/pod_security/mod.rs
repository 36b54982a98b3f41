//! The Pod Security Standards: what a namespace that enforces one of them lets in.
//!
//! A check is a line in [`CHECKS`]: the standard that has it, the checks that it replaces, its
//! documentation with a Pod that breaks it and one that doesn't, and a function. It looks at the
//! pod as the API server would keep it, with defaults, and says nothing of what is unknown or of
//! the wrong type. Which standard a namespace enforces, and whether the API server takes the object
//! at all, isn't known here.

use crate::cx::{Cx, Draft, Obj, Place, Taint, finish};
use crate::facts::Kind;
use crate::finding::{Finding, Reason, Severity};
use crate::naming::Naming;
use crate::rules::Rule;
use crate::tree::{NodeId, Tree};

mod host;
mod kernel;
mod pod;
mod privileges;
mod profiles;
mod users;
mod volumes;

use pod::Gap;
pub use pod::Pod;

/// One of the three standards; each has all that those before it have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standard {
    /// Anything goes.
    Privileged,
    /// No known way out of the container.
    Baseline,
    /// What a container can do without, it does without.
    Restricted,
}

impl Standard {
    /// The standard of this name, as the label of a namespace has it.
    pub fn parse(name: &str) -> Option<Standard> {
        match name {
            "privileged" => Some(Standard::Privileged),
            "baseline" => Some(Standard::Baseline),
            "restricted" => Some(Standard::Restricted),
            _ => None,
        }
    }

    /// The name, as the label of a namespace has it.
    pub fn name(self) -> &'static str {
        match self {
            Standard::Privileged => "privileged",
            Standard::Baseline => "baseline",
            Standard::Restricted => "restricted",
        }
    }
}

/// A version of the standards, which is that of the Kubernetes that brought it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// That of 1.36.
    #[default]
    V1_36,
    /// That of 1.37, which allows two more sysctls.
    V1_37,
}

impl Version {
    /// The version of this name, as the label of a namespace has it, with or without the `v`;
    /// `latest` is the newest that is known here.
    pub fn parse(name: &str) -> Option<Version> {
        match name.strip_prefix('v').unwrap_or(name) {
            "1.36" => Some(Version::V1_36),
            "1.37" => Some(Version::V1_37),
            _ if name == "latest" => Some(Version::V1_37),
            _ => None,
        }
    }

    /// The number: `1.36`.
    pub fn name(self) -> &'static str {
        match self {
            Version::V1_36 => "1.36",
            Version::V1_37 => "1.37",
        }
    }
}

/// One check of a standard.
#[derive(Debug)]
pub struct Check {
    /// What it says of itself. The id is `pss/`, the standard, `/`, and the id that the check has in
    /// Kubernetes: `pss/baseline/hostPorts`. The examples are Pods.
    pub rule: Rule,
    /// The lowest standard that has it.
    pub standard: Standard,
    /// The ids of the checks of a lower standard that it stands in for.
    pub overrides: &'static [&'static str],
    /// The check of one pod.
    pub run: fn(&mut Cx<'_>, Pod<'_>),
}

/// What all checks have in common.
const RULE: Rule = Rule {
    id: "",
    on: "api.core.v1.PodSpec",
    severity: Severity::Error,
    waivable: false,
    what: "",
    source: "",
    bad: "",
    good: "",
    check: None,
};

/// All checks, by id.
pub const CHECKS: &[Check] = &[
    profiles::APP_ARMOR_PROFILE,
    privileges::CAPABILITIES_BASELINE,
    host::HOST_NAMESPACES,
    volumes::HOST_PATH_VOLUMES,
    host::HOST_PORTS,
    host::HOST_PROBES_AND_HOST_LIFECYCLE,
    privileges::PRIVILEGED,
    kernel::PROC_MOUNT,
    profiles::SE_LINUX_OPTIONS,
    profiles::SECCOMP_PROFILE_BASELINE,
    kernel::SYSCTLS,
    host::WINDOWS_HOST_PROCESS,
    privileges::ALLOW_PRIVILEGE_ESCALATION,
    privileges::CAPABILITIES_RESTRICTED,
    kernel::PROC_MOUNT_RESTRICTED,
    volumes::RESTRICTED_VOLUMES,
    users::RUN_AS_NON_ROOT,
    users::RUN_AS_USER,
    profiles::SECCOMP_PROFILE_RESTRICTED,
];

/// The checks that a standard runs.
pub fn checks(standard: Standard) -> impl Iterator<Item = &'static Check> {
    let has = move |check: &&Check| check.standard <= standard;
    let overridden = move |check: &&Check| {
        let by = |other: &Check| other.overrides.contains(&check.rule.id);
        check.standard < standard && CHECKS.iter().filter(has).any(by)
    };
    CHECKS.iter().filter(has).filter(move |check| !overridden(check))
}

/// What a standard refuses of the pod of an object, in the order of the document: of a Pod, or of
/// the pod template of what makes pods. Nothing for objects of other kinds.
///
/// The object need not be one that the API server takes: what isn't a field, or isn't of the
/// field's type, is passed over.
pub fn check_pods(
    tree: &Tree,
    root: NodeId,
    kind: &'static Kind,
    standard: Standard,
    version: Version,
    naming: Naming,
) -> Vec<Finding> {
    let taint = Taint::NONE;
    let pod = Obj::of(tree, taint, root).and_then(|object| Pod::of(object, kind, version));
    let Some(pod) = pod else { return Vec::new() };
    let mut cx = Cx::new(tree, root, taint, naming, Some(kind), &CHECKS[0].rule, Vec::new());
    for check in checks(standard) {
        cx.rule = &check.rule;
        (check.run)(&mut cx, pod);
    }
    let drafts = cx.drafts;
    finish(tree, root, Some(kind.ty), drafts)
}

/// A text in backticks, and the empty one so that it can be seen.
fn quote(text: &str) -> String {
    if text.is_empty() { "`\"\"`".to_owned() } else { format!("`{text}`") }
}

/// Reports something that a standard doesn't allow.
fn refuse<'c>(
    cx: &'c mut Cx<'_>,
    standard: Standard,
    place: Place,
    what: impl std::fmt::Display,
) -> &'c mut Draft {
    let message = format!("{what} isn't allowed by the {} standard", standard.name());
    cx.report(Reason::Forbidden, place, message)
}

/// Reports a gap where the restricted standard demands a value, and says how to fill it.
fn demand<'c>(
    cx: &'c mut Cx<'_>,
    pod: Pod<'_>,
    gap: Gap<'_>,
    value: &str,
    what: impl std::fmt::Display,
) -> &'c mut Draft {
    let mut fields = gap.path.rsplit('.').map(|field| cx.naming.name(field));
    let innermost = format!("{}: {value}", fields.next().unwrap_or_default());
    let filled = fields.fold(innermost, |inner, field| format!("{field}: {{ {inner} }}"));
    let help = match (gap.block.id == gap.owner.id, gap.owner.id == pod.spec.id) {
        (false, _) => format!("add `{filled}`"),
        (true, true) => format!("give the pod `{filled}`"),
        (true, false) => format!("give the container `{filled}`"),
    };
    let place = Place::Missing(gap.block.id, gap.path);
    cx.report(Reason::Required, place, format!("the restricted standard demands {what}")).help(help)
}
