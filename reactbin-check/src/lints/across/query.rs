//! What must be so for a finding to be reported.

use std::sync::Arc;

use super::grants::Grant;
use super::key::{Key, join, number, reach};
use super::labels::{Labels, Selector};

/// Something that is found among all objects, or isn't.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    pub(super) search: Search,
    /// Whether it is to be found.
    pub(super) found: bool,
}

/// What to look for.
#[derive(Clone, Debug)]
pub(super) enum Search {
    /// Anything: it is always found.
    Anything,
    /// Something of this name.
    Named(Key),
    /// An object that claims this.
    Claim(u64),
    /// An object other than this one that claims it.
    OtherClaim { what: u64, than: u64 },
    /// Pods that the selector selects.
    Pods { namespace: u64, selector: Arc<Selector> },
    /// Pods that the selector selects and that another object than this one makes.
    OtherPods { namespace: u64, selector: Arc<Selector>, than: u64 },
    /// Pods that the selector selects, none of which has the port: none of this name, or others
    /// than one of this number.
    PodsWithoutPort { namespace: u64, selector: Arc<Selector>, port: u64, named: bool },
    /// A Service, of one of these two names, that has pods of these labels, or anyone's.
    Backing { services: [u64; 2], labels: Labels },
    /// A workload, with or without a number of pods, that has no more than must stay.
    Exhausted { namespace: u64, selector: Arc<Selector>, least: Least, said: bool },
    /// Pods that the selector selects, and that another PodDisruptionBudget than this one does.
    OtherBudget { namespace: u64, selector: Arc<Selector>, than: u64 },
    /// A NetworkPolicy that selects pods of these labels.
    Policy { namespace: u64, labels: Labels },
    /// A Service that the selector selects, in one of these namespaces or in any.
    Services { namespaces: Option<Box<[u64]>>, selector: Arc<Selector> },
    /// A role that grants this: the named one, or for ClusterRoles one that it takes together.
    Granting { role: Key, aggregate: Option<u64>, grant: Grant },
}

/// How many pods must stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Least {
    /// So many.
    Number(i64),
    /// So many of a hundred.
    Percent(i64),
}

impl Least {
    /// How many of so many pods that is.
    pub(super) fn of(self, replicas: i64) -> i64 {
        match self {
            Least::Number(number) => number,
            Least::Percent(percent) => {
                let hundredths = replicas.saturating_mul(percent);
                // Upwards, as Kubernetes does.
                hundredths.div_euclid(100) + i64::from(hundredths.rem_euclid(100) > 0)
            }
        }
    }
}

impl Search {
    /// It is found.
    pub(super) fn found(self) -> Condition {
        Condition { search: self, found: true }
    }

    /// It isn't found.
    pub(super) fn missing(self) -> Condition {
        Condition { search: self, found: false }
    }

    /// A Service within reach of the namespace that has pods of these labels.
    pub(super) fn backing(namespace: &str, service: &str, labels: Labels) -> Search {
        let service = number(&[service]);
        Search::Backing { services: reach(namespace).map(|place| join(place, service)), labels }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_the_replicas_is_rounded_upwards() {
        let of = |percent, replicas| Least::Percent(percent).of(replicas);
        assert_eq!([of(50, 3), of(50, 2), of(1, 1), of(0, 5), of(150, 2)], [2, 1, 1, 0, 3]);
        assert_eq!(of(-50, 3), -1);
        assert_eq!(Least::Number(2).of(7), 2);
    }
}
