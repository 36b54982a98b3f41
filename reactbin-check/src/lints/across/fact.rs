//! What an object tells others.
//!
//! Must not know who asks.

use std::sync::Arc;

use super::grants::Grants;
use super::labels::{Labels, Selector};

/// Something that an object tells others; made by [`survey`](super::survey), to be added to an
/// [`Index`](super::Index).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact(pub(super) Told);

/// What is told. A namespace that isn't known is `None`, and so are labels and selectors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// There is something of this name, or as far as it is known; `far` for what others look for
    /// beyond their own namespace.
    There { namespace: Option<u64>, name: u64, all: bool, far: bool },
    /// An object claims something that should be one object's only.
    Claim { what: u64, by: u64 },
    /// There are pods. `ports` has what a Service can send to: numbers of ports, and of protocols
    /// with names; `by` is the object that makes them.
    Pods {
        namespace: Option<u64>,
        labels: Option<Labels>,
        ports: Option<Box<[u64]>>,
        by: Option<u64>,
    },
    /// A workload covers the pods of these labels; `of` is its namespace and name.
    Covers { namespace: Option<u64>, labels: Option<Labels>, count: Count, of: u64 },
    /// An autoscaler keeps at least so many pods of the workload of this namespace and name.
    Least { of: Option<u64>, replicas: Option<i64> },
    /// A Service of this name has pods of these labels.
    Backs { service: u64, labels: Option<Labels> },
    /// A Service has these labels.
    Service { namespace: Option<u64>, labels: Option<Labels> },
    /// A NetworkPolicy selects pods.
    Policy { namespace: Option<u64>, selector: Option<Arc<Selector>> },
    /// A PodDisruptionBudget selects pods.
    Budget { namespace: Option<u64>, selector: Option<Arc<Selector>>, by: u64 },
    /// A ClusterRole of these labels grants something.
    Role { labels: Labels, grants: Grants },
    /// The ClusterRole of this name grants what those of these labels grant.
    Aggregate { role: u64, selectors: Box<[Arc<Selector>]> },
}

/// How many pods a workload has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Count {
    /// As many as it says.
    Said(i64),
    /// As many as there are nodes, or as it takes.
    Unsaid,
}

/// The sorts of facts that there are questions about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Needs(u16);

impl Needs {
    pub(super) const NONE: Needs = Needs(0);
    pub(super) const ACCOUNTS: Needs = Needs(1);
    pub(super) const AUTOSCALERS: Needs = Needs(1 << 1);
    pub(super) const BACKS: Needs = Needs(1 << 2);
    pub(super) const BUDGETS: Needs = Needs(1 << 3);
    pub(super) const COVERS: Needs = Needs(1 << 4);
    pub(super) const GRANTS: Needs = Needs(1 << 5);
    pub(super) const NODE_PORTS: Needs = Needs(1 << 6);
    pub(super) const PATHS: Needs = Needs(1 << 7);
    pub(super) const PODS: Needs = Needs(1 << 8);
    pub(super) const POLICIES: Needs = Needs(1 << 9);
    pub(super) const ROLES: Needs = Needs(1 << 10);
    pub(super) const SERVICES: Needs = Needs(1 << 11);
    pub(super) const SERVICE_LABELS: Needs = Needs(1 << 12);
    pub(super) const SOURCES: Needs = Needs(1 << 13);
    pub(super) const TARGETS: Needs = Needs(1 << 14);

    pub(super) const fn and(self, other: Needs) -> Needs {
        Needs(self.0 | other.0)
    }

    /// Whether any of these is needed.
    pub(super) fn has(self, other: Needs) -> bool {
        self.0 & other.0 != 0
    }
}
