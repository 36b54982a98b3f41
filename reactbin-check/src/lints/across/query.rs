//! What must hold of all objects for a finding to be reported.

use super::grants::Grant;
use super::key::{Key, number};
use super::labels::{Labels, Selector};
use super::tell::ANY;

/// A question about all objects, which is answered once all are known. Its answer is yes, no, or
/// that nobody can tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Query {
    /// Yes, whatever there is.
    Always,
    /// The other one isn't so.
    Not(Box<Query>),
    /// All of them are so.
    All(Box<[Query]>),
    /// One of them is so.
    Any(Box<[Query]>),
    /// There is something of this name.
    There(Key),
    /// Some object claims this.
    Claimed(u64),
    /// An object other than this one claims it as well.
    Another { what: u64, than: u64 },
    /// There are pods that the selector selects.
    Pods { namespace: u64, selector: Selector },
    /// There are pods that the selector selects and that another object than this one makes.
    PodsOfAnother { namespace: u64, selector: Selector, than: u64 },
    /// There are pods that the selector selects, and none of them has the port: none of this name,
    /// or others than one of this number.
    NoPort { namespace: u64, selector: Selector, port: u64, named: bool },
    /// A Service, of one of these names, has pods of these labels, or anyone's.
    Backed { services: Box<[u64]>, labels: Labels },
    /// The selector selects a workload that doesn't have more pods than must stay.
    Covers { namespace: u64, selector: Selector, least: Least, said: bool },
    /// The selector selects pods that another PodDisruptionBudget than this one selects as well.
    Budgeted { namespace: u64, selector: Selector, than: u64 },
    /// A NetworkPolicy selects pods of these labels.
    Isolated { namespace: u64, labels: Labels },
    /// The selector selects a Service in one of these namespaces, or in any.
    Services { namespaces: Option<Box<[u64]>>, selector: Selector },
    /// The ClusterRole of this name grants what others do.
    Aggregates { role: u64, grant: Grant },
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

impl Query {
    /// The opposite.
    pub(super) fn not(self) -> Query {
        Query::Not(Box::new(self))
    }

    /// Whether there is something of this name in the namespace, as both are written.
    pub(super) fn there(head: &[&str], namespace: &str, name: &[&str]) -> Query {
        let parts = head.iter().chain([&namespace]).chain(name);
        Query::There(Key::new(parts.copied()))
    }

    /// Whether there is something of this name where an object of the namespace finds it. Where one
    /// of the two doesn't say its namespace, it may be the other's.
    pub(super) fn within_reach(head: &[&str], namespace: &str, name: &[&str]) -> Query {
        match namespace {
            "" => Query::there(head, ANY, name),
            namespace => Query::Any(Box::new([
                Query::there(head, namespace, name),
                Query::there(head, "", name),
            ])),
        }
    }

    /// Whether a Service within reach has pods of these labels.
    pub(super) fn backed(namespace: &str, service: &str, labels: Labels) -> Query {
        let services: Box<[u64]> = match namespace {
            "" => Box::new([number(&[ANY, service])]),
            namespace => Box::new([number(&[namespace, service]), number(&["", service])]),
        };
        Query::Backed { services, labels }
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
