//! All that objects have told, arranged for the questions about it.

use std::sync::Arc;

use super::Question;
use super::fact::{Count, Fact, Told};
use super::grants::{Grant, Grants};
use super::key::{ANY, Key, Numbered, Numbers, UNKNOWN, join};
use super::labels::{Labels, Selector};
use super::query::{Condition, Least, Search};
use super::table::{EVERYWHERE, Labelled, Selectors};

/// What all objects have told. Add the facts of all of them before asking.
#[derive(Debug, Default)]
pub struct Index {
    there: Numbers,
    perhaps: Numbers,
    claims: Numbered<Claim>,
    pods: Labelled<Pods>,
    covered: Labelled<Covered>,
    /// How many pods autoscalers keep at least; `None` where that isn't known.
    least: Numbered<Option<i64>>,
    /// Whether an autoscaler may be of any workload.
    least_unsure: bool,
    backs: Numbered<Vec<Option<Selector>>>,
    /// What is in `backs`, so that nothing is kept twice.
    backed: Numbers,
    services: Labelled<u64>,
    policies: Selectors,
    budgets: Selectors,
    roles: Labelled<Grants>,
    aggregates: Numbered<Vec<Arc<Selector>>>,
}

#[derive(Debug)]
struct Claim {
    first: u64,
    several: bool,
}

#[derive(Debug)]
struct Pods {
    ports: Option<Box<[u64]>>,
    /// Who makes them: the first, and whether there are more.
    by: Option<u64>,
    several: bool,
}

#[derive(Debug)]
struct Covered {
    count: Count,
    of: u64,
}

impl Index {
    /// Adds what an object has told.
    pub fn add(&mut self, facts: Vec<Fact>) {
        for Fact(told) in facts {
            self.add_one(told);
        }
    }

    fn add_one(&mut self, told: Told) {
        match told {
            Told::There { namespace, name, all, far } => {
                let set = match (namespace, all) {
                    (Some(_), true) => &mut self.there,
                    _ => &mut self.perhaps,
                };
                set.insert(join(namespace.unwrap_or(UNKNOWN), name));
                if far && namespace.is_some() {
                    set.insert(join(ANY, name));
                }
            }
            Told::Claim { what, by } => {
                let claim = self.claims.entry(what).or_insert(Claim { first: by, several: false });
                claim.several |= claim.first != by;
            }
            Told::Pods { namespace, labels, ports, by } => {
                self.add_pods(namespace, labels, ports, by)
            }
            Told::Covers { namespace, labels, count, of } => {
                let said = match count {
                    Count::Said(replicas) => replicas as u64,
                    Count::Unsaid => u64::MAX,
                };
                self.covered.add(namespace, labels, join(of, said), Covered { count, of });
            }
            Told::Least { of: None, .. } => self.least_unsure = true,
            Told::Least { of: Some(of), replicas } => {
                let least = self.least.entry(of).or_insert(replicas);
                *least = replicas.min(*least);
            }
            Told::Backs { service, labels } => {
                let selector = labels.map(Selector::of_labels);
                let number = selector.as_ref().map_or(0, Selector::number);
                if self.backed.insert(join(service, number)) {
                    self.backs.entry(service).or_default().push(selector);
                }
            }
            Told::Service { namespace, labels } => {
                let scope = namespace.map(|_| EVERYWHERE);
                let namespace = namespace.unwrap_or_default();
                self.services.add(scope, labels, namespace, namespace);
            }
            Told::Policy { namespace, selector } => self.policies.add(namespace, selector, 0),
            Told::Budget { namespace, selector, by } => self.budgets.add(namespace, selector, by),
            Told::Role { labels, grants } => {
                self.roles.add(Some(EVERYWHERE), Some(labels), grants.number(), grants);
            }
            Told::Aggregate { role, selectors } => {
                self.aggregates.entry(role).or_default().extend(selectors);
            }
        }
    }

    fn add_pods(
        &mut self,
        namespace: Option<u64>,
        labels: Option<Labels>,
        ports: Option<Box<[u64]>>,
        by: Option<u64>,
    ) {
        let number = match &ports {
            None => 0,
            Some(ports) => ports.iter().fold(1, |all, port| join(all, *port)),
        };
        let pods = Pods { ports, by, several: false };
        if let Some(pods) = self.pods.add(namespace, labels, number, pods) {
            match (pods.by, by) {
                (Some(first), Some(by)) => pods.several |= first != by,
                (first, by) => pods.by = first.or(by),
            }
        }
    }

    /// Whether the finding of a question is to be reported: nothing that isn't known could change
    /// the answer.
    pub fn confirms(&self, question: &Question) -> bool {
        question.conditions().all(|Condition { search, found }| self.finds(search) == Some(*found))
    }

    /// Whether nothing that is still to be added could have the finding of a question reported.
    pub fn refutes(&self, question: &Question) -> bool {
        question.conditions().any(|Condition { search, found }| match (search, found) {
            // How many pods there are may change.
            (Search::Exhausted { .. }, _) => false,
            // A port that selected pods have stays theirs.
            (Search::PodsWithoutPort { namespace, selector, .. }, true) => {
                let mut pods = self.pods.selected(*namespace, selector);
                pods.next().is_some() && self.finds(search) == Some(false)
            }
            // What is there stays there.
            (_, found) => !found && self.finds(search) == Some(true),
        })
    }

    /// Whether something is found; `None` where it may be among what isn't known.
    fn finds(&self, search: &Search) -> Option<bool> {
        match search {
            Search::Anything => Some(true),
            Search::Named(key) => self.finds_name(key),
            Search::Claim(what) => Some(self.claims.contains_key(what)),
            Search::OtherClaim { what, than } => {
                let claim = self.claims.get(what);
                Some(claim.is_some_and(|claim| claim.several || claim.first != *than))
            }
            Search::Pods { namespace, selector } => {
                let found = self.pods.selected(*namespace, selector).next().is_some();
                sure_unless(found, self.pods.is_unsure(*namespace))
            }
            Search::OtherPods { namespace, selector, than } => {
                let mut selected = self.pods.selected(*namespace, selector);
                let other = |pods: &Pods| pods.several || pods.by.is_some_and(|by| by != *than);
                Some(selected.any(|(_, pods)| other(pods)))
            }
            Search::PodsWithoutPort { namespace, selector, port, named } => {
                self.finds_no_port(*namespace, selector, *port, *named)
            }
            Search::Backing { services, labels } => self.finds_backing(services, labels),
            Search::Exhausted { namespace, selector, least, said } => {
                let mut covered = self.covered.selected(*namespace, selector);
                Some(covered.any(|(_, covered)| self.exhausts(covered, *least, *said)))
            }
            Search::OtherBudget { namespace, selector, than } => {
                let mut selected = self.pods.selected(*namespace, selector);
                Some(selected.any(|(labels, _)| {
                    self.budgets.selecting(*namespace, labels).any(|other| other != *than)
                }))
            }
            Search::Policy { namespace, labels } => {
                let found = self.policies.selecting(*namespace, labels).next().is_some();
                sure_unless(found, self.policies.is_unsure(*namespace))
            }
            Search::Services { namespaces, selector } => {
                let within = |service| match namespaces {
                    None => true,
                    Some(namespaces) => namespaces.contains(service),
                };
                let mut selected = self.services.selected(EVERYWHERE, selector);
                let found = selected.any(|(_, namespace)| within(namespace));
                sure_unless(found, self.services.is_unsure(EVERYWHERE))
            }
            Search::Granting { role, aggregate, grant } => {
                let taken = || aggregate.is_some_and(|role| self.aggregates(role, *grant));
                Some(self.finds_name(role) == Some(true) || taken())
            }
        }
    }

    fn finds_name(&self, key: &Key) -> Option<bool> {
        let found = key.names().any(|name| self.there.contains(&name));
        let perhaps = || key.beginnings().any(|known| self.perhaps.contains(&known));
        sure_unless(found, !self.perhaps.is_empty() && perhaps())
    }

    fn finds_no_port(
        &self,
        namespace: u64,
        selector: &Selector,
        port: u64,
        named: bool,
    ) -> Option<bool> {
        if self.pods.is_unsure(namespace) {
            return None;
        }
        let mut some = false;
        for (_, pods) in self.pods.selected(namespace, selector) {
            let ports = pods.ports.as_ref()?;
            // A port that is only a number is open whether or not it is declared.
            if ports.binary_search(&port).is_ok() || (!named && ports.is_empty()) {
                return Some(false);
            }
            some = true;
        }
        Some(some)
    }

    fn finds_backing(&self, services: &[u64], labels: &Labels) -> Option<bool> {
        let mut unknown = false;
        for selector in services.iter().filter_map(|service| self.backs.get(service)).flatten() {
            match selector {
                None => unknown = true,
                Some(selector) if selector.matches(labels) => return Some(true),
                Some(_) => {}
            }
        }
        sure_unless(false, unknown)
    }

    /// Whether a workload has no more pods than must stay. An autoscaler counts for one that has a
    /// single pod, which is what it has where it doesn't say a number.
    fn exhausts(&self, covered: &Covered, least: Least, said: bool) -> bool {
        match covered.count {
            Count::Said(_) if !said => false,
            Count::Said(1) if self.least_unsure => false,
            Count::Said(1) => {
                let kept = self.least.get(&covered.of).copied().unwrap_or(Some(1));
                kept.is_some_and(|replicas| replicas <= least.of(replicas))
            }
            Count::Said(replicas) => replicas <= least.of(replicas),
            Count::Unsaid => !said && least.of(0) >= 0,
        }
    }

    fn aggregates(&self, role: u64, grant: Grant) -> bool {
        let selectors = self.aggregates.get(&role).into_iter().flatten();
        let mut granting = selectors
            .flat_map(|selector| self.roles.selected(EVERYWHERE, selector))
            .filter(|(_, grants)| grants.has(grant));
        granting.next().is_some()
    }
}

/// Yes where something is found; else no, unless there may be something that isn't known.
fn sure_unless(found: bool, unsure: bool) -> Option<bool> {
    match (found, unsure) {
        (true, _) => Some(true),
        (false, false) => Some(false),
        (false, true) => None,
    }
}
