//! Objects by their labels, and selectors by what they ask for: each finds the other without a
//! look at all of them.

use std::sync::Arc;

use super::key::{Numbered, Numbers, join};
use super::labels::{Label, Labels, Selector};

/// The place in which everything is that has no namespace.
pub(super) const EVERYWHERE: u64 = 0;

fn at(scope: u64, label: &Label) -> u64 {
    join(scope, label.number())
}

/// Lists of rows, each under a number.
#[derive(Debug, Default)]
struct Lists {
    /// The last item of each list, and how many there are.
    lists: Numbered<(u32, u32)>,
    /// The items of all lists: a row, and the item before it.
    items: Vec<(u32, Option<u32>)>,
}

impl Lists {
    fn add(&mut self, number: u64, row: u32) {
        let item = self.items.len() as u32;
        let mut before = None;
        self.lists
            .entry(number)
            .and_modify(|(last, count)| {
                before = Some(*last);
                (*last, *count) = (item, *count + 1);
            })
            .or_insert((item, 1));
        self.items.push((row, before));
    }

    fn len(&self, number: u64) -> u32 {
        self.lists.get(&number).map_or(0, |(_, count)| *count)
    }

    fn rows(&self, number: u64) -> impl Iterator<Item = usize> + '_ {
        let last = self.lists.get(&number).map(|(last, _)| *last);
        let item = |item: u32| self.items.get(item as usize).copied();
        let items = std::iter::successors(last.and_then(item), move |(_, before)| item((*before)?));
        items.map(|(row, _)| row as usize)
    }
}

/// The scopes in which there is something that isn't known.
#[derive(Debug, Default)]
struct Unsure {
    scopes: Numbers,
    everywhere: bool,
}

impl Unsure {
    fn add(&mut self, scope: Option<u64>) {
        match scope {
            Some(scope) => drop(self.scopes.insert(scope)),
            None => self.everywhere = true,
        }
    }

    fn has(&self, scope: u64) -> bool {
        self.everywhere || self.scopes.contains(&scope)
    }
}

/// Labelled things, each in a scope, such as a namespace.
#[derive(Debug)]
pub(super) struct Labelled<T> {
    rows: Vec<(Labels, T)>,
    by_label: Lists,
    by_scope: Lists,
    /// The rows by all that they are, so that none is kept twice.
    same: Numbered<u32>,
    unsure: Unsure,
}

impl<T> Default for Labelled<T> {
    fn default() -> Labelled<T> {
        Labelled {
            rows: Vec::new(),
            by_label: Lists::default(),
            by_scope: Lists::default(),
            same: Numbered::default(),
            unsure: Unsure::default(),
        }
    }
}

impl<T> Labelled<T> {
    /// Adds a thing and returns it, or one that is there already with the same scope, labels and
    /// number. `None` where the scope or the labels aren't known.
    pub(super) fn add(
        &mut self,
        scope: Option<u64>,
        labels: Option<Labels>,
        number: u64,
        value: T,
    ) -> Option<&mut T> {
        let (Some(scope), Some(labels)) = (scope, labels) else {
            self.unsure.add(scope);
            return None;
        };
        let all = labels.iter().fold(join(scope, number), |all, label| join(all, label.number()));
        let next = self.rows.len() as u32;
        let row = *self.same.entry(all).or_insert(next);
        if row == next {
            for label in &labels {
                self.by_label.add(at(scope, label), row);
            }
            self.by_scope.add(scope, row);
            self.rows.push((labels, value));
        }
        self.rows.get_mut(row as usize).map(|(_, value)| value)
    }

    /// Whether there may be something in the scope that isn't known.
    pub(super) fn is_unsure(&self, scope: u64) -> bool {
        self.unsure.has(scope)
    }

    /// What a selector selects in a scope.
    pub(super) fn selected<'a>(
        &'a self,
        scope: u64,
        selector: &'a Selector,
    ) -> impl Iterator<Item = &'a (Labels, T)> {
        let labels = selector.pairs.iter().map(|label| at(scope, label));
        let (lists, number) = match labels.min_by_key(|label| self.by_label.len(*label)) {
            Some(label) => (&self.by_label, label),
            None => (&self.by_scope, scope),
        };
        let rows = lists.rows(number).filter_map(|row| self.rows.get(row));
        rows.filter(|(labels, _)| selector.matches(labels))
    }
}

/// Selectors, each in a scope.
#[derive(Debug, Default)]
pub(super) struct Selectors {
    rows: Vec<(Arc<Selector>, u64)>,
    /// The selectors by one of the labels that they ask for.
    by_label: Lists,
    /// Those that ask for no label, by their scope.
    loose: Lists,
    /// The selectors by all that they are, so that none is kept twice.
    same: Numbers,
    unsure: Unsure,
}

impl Selectors {
    /// Adds the selector of an object that has this number.
    pub(super) fn add(&mut self, scope: Option<u64>, selector: Option<Arc<Selector>>, of: u64) {
        let (Some(scope), Some(selector)) = (scope, selector) else {
            return self.unsure.add(scope);
        };
        if !self.same.insert(join(scope, join(of, selector.number()))) {
            return;
        }
        let row = self.rows.len() as u32;
        // Of its labels that which the fewest have had so far, so that no list grows long.
        let labels = selector.pairs.iter().map(|label| at(scope, label));
        match labels.min_by_key(|label| self.by_label.len(*label)) {
            Some(label) => self.by_label.add(label, row),
            None => self.loose.add(scope, row),
        }
        self.rows.push((selector, of));
    }

    /// Whether there may be a selector in the scope that isn't known.
    pub(super) fn is_unsure(&self, scope: u64) -> bool {
        self.unsure.has(scope)
    }

    /// The numbers of the objects whose selectors select these labels in a scope.
    pub(super) fn selecting<'a>(
        &'a self,
        scope: u64,
        labels: &'a [Label],
    ) -> impl Iterator<Item = u64> + 'a {
        let rows = labels.iter().flat_map(move |label| self.by_label.rows(at(scope, label)));
        let rows = rows.chain(self.loose.rows(scope)).filter_map(|row| self.rows.get(row));
        rows.filter(|(selector, _)| selector.matches(labels)).map(|(_, of)| *of)
    }
}
