//! All that objects have told, arranged for the questions about it.

use super::Question;
use super::fact::{Count, Fact, Told};
use super::grants::{Grant, Grants};
use super::key::{Key, Numbered, Numbers, join};
use super::labels::{Labels, Selector};
use super::query::{Least, Query};
use super::table::{EVERYWHERE, Labelled, Selectors};

/// What all objects have told. Add the facts of all of them before asking.
#[derive(Debug, Default)]
pub struct Index {
    there: Numbers,
    perhaps: Numbers,
    claims: Numbered<Claim>,
    pods: Labelled<Pods>,
    covered: Labelled<Covered>,
    least: Numbered<i64>,
    backs: Numbered<Vec<Option<Labels>>>,
    services: Labelled<u64>,
    policies: Selectors,
    budgets: Selectors,
    roles: Labelled<Grants>,
    aggregates: Numbered<Vec<Selector>>,
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
            Told::There(name) => drop(self.there.insert(name)),
            Told::Perhaps(name) => drop(self.perhaps.insert(name)),
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
            Told::Least { of, replicas } => {
                let least = self.least.entry(of).or_insert(replicas);
                *least = replicas.min(*least);
            }
            Told::Backs { service, labels } => {
                let known = self.backs.entry(service).or_default();
                if !known.contains(&labels) {
                    known.push(labels);
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
        self.answer(&question.query) == Some(true)
    }

    /// Whether nothing that is still to be added could make the finding of a question one.
    pub fn refutes(&self, question: &Question) -> bool {
        self.refutes_for_good(&question.query)
    }

    fn refutes_for_good(&self, query: &Query) -> bool {
        match query {
            Query::Not(query) => self.holds_for_good(query),
            Query::All(queries) => queries.iter().any(|query| self.refutes_for_good(query)),
            Query::Any(queries) => queries.iter().all(|query| self.refutes_for_good(query)),
            // A port that pods of a selector have stays theirs.
            Query::NoPort { namespace, selector, .. } => {
                let mut pods = self.pods.selected(*namespace, selector);
                pods.next().is_some() && self.answer(query) == Some(false)
            }
            _ => false,
        }
    }

    fn holds_for_good(&self, query: &Query) -> bool {
        match query {
            Query::Not(query) => self.refutes_for_good(query),
            Query::All(queries) => queries.iter().all(|query| self.holds_for_good(query)),
            Query::Any(queries) => queries.iter().any(|query| self.holds_for_good(query)),
            // What is there stays there; how many it is may change.
            Query::Covers { .. } | Query::NoPort { .. } => false,
            _ => self.answer(query) == Some(true),
        }
    }

    fn answer(&self, query: &Query) -> Option<bool> {
        match query {
            Query::Always => Some(true),
            Query::Not(query) => self.answer(query).map(|answer| !answer),
            Query::All(queries) => self.answer_all(queries, true),
            Query::Any(queries) => self.answer_all(queries, false),
            Query::There(key) => self.is_there(key),
            Query::Claimed(what) => Some(self.claims.contains_key(what)),
            Query::Another { what, than } => {
                let claim = self.claims.get(what);
                Some(claim.is_some_and(|claim| claim.several || claim.first != *than))
            }
            Query::Pods { namespace, selector } => {
                let found = self.pods.selected(*namespace, selector).next().is_some();
                sure_unless(found, self.pods.is_unsure(*namespace))
            }
            Query::PodsOfAnother { namespace, selector, than } => {
                let mut selected = self.pods.selected(*namespace, selector);
                Some(
                    selected.any(|(_, pods)| pods.several || pods.by.is_some_and(|by| by != *than)),
                )
            }
            Query::NoPort { namespace, selector, port, named } => {
                self.lacks_port(*namespace, selector, *port, *named)
            }
            Query::Backed { services, labels } => self.is_backed(services, labels),
            Query::Covers { namespace, selector, least, said } => {
                let mut covered = self.covered.selected(*namespace, selector);
                Some(covered.any(|(_, covered)| self.exhausts(covered, *least, *said)))
            }
            Query::Budgeted { namespace, selector, than } => {
                let mut selected = self.pods.selected(*namespace, selector);
                Some(selected.any(|(labels, _)| {
                    self.budgets.selecting(*namespace, labels).any(|other| other != *than)
                }))
            }
            Query::Isolated { namespace, labels } => {
                let found = self.policies.selecting(*namespace, labels).next().is_some();
                sure_unless(found, self.policies.is_unsure(*namespace))
            }
            Query::Services { namespaces, selector } => {
                let within = |service| match namespaces {
                    None => true,
                    Some(namespaces) => namespaces.contains(service),
                };
                let mut selected = self.services.selected(EVERYWHERE, selector);
                let found = selected.any(|(_, namespace)| within(namespace));
                sure_unless(found, self.services.is_unsure(EVERYWHERE))
            }
            Query::Aggregates { role, grant } => Some(self.aggregates(*role, *grant)),
        }
    }

    /// Whether all are so, or with `all` false, whether one is.
    fn answer_all(&self, queries: &[Query], all: bool) -> Option<bool> {
        let mut answer = Some(all);
        for query in queries {
            match self.answer(query) {
                Some(other) if other == all => {}
                None => answer = None,
                decided => return decided,
            }
        }
        answer
    }

    fn is_there(&self, key: &Key) -> Option<bool> {
        let perhaps = || key.beginnings.iter().any(|beginning| self.perhaps.contains(beginning));
        sure_unless(self.there.contains(&key.exact), !self.perhaps.is_empty() && perhaps())
    }

    fn lacks_port(
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
            if ports.contains(&port) || (!named && ports.is_empty()) {
                return Some(false);
            }
            some = true;
        }
        Some(some)
    }

    fn is_backed(&self, services: &[u64], labels: &Labels) -> Option<bool> {
        let mut unknown = false;
        for backs in services.iter().filter_map(|service| self.backs.get(service)).flatten() {
            match backs {
                None => unknown = true,
                Some(asked) => {
                    let asked = Selector::of_labels(asked.clone());
                    if asked.matches(labels) {
                        return Some(true);
                    }
                }
            }
        }
        sure_unless(false, unknown)
    }

    /// Whether a workload has no more pods than must stay. An autoscaler counts for one that has a
    /// single pod, which is what it has where it doesn't say a number.
    fn exhausts(&self, covered: &Covered, least: Least, said: bool) -> bool {
        match covered.count {
            Count::Said(_) if !said => false,
            Count::Said(1) => {
                let replicas = self.least.get(&covered.of).copied().unwrap_or(1);
                replicas <= least.of(replicas)
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
