//! Objects by their labels, and selectors by what they ask for: each finds the other without a
//! look at all of them.

use super::key::{Numbered, Numbers, join};
use super::labels::{Label, Labels, Selector};

/// The place in which everything is that has no namespace.
pub(super) const EVERYWHERE: u64 = 0;

fn at(scope: u64, label: &Label) -> u64 {
    join(scope, label.number())
}

/// Labelled things, each in a scope, such as a namespace.
#[derive(Debug)]
pub(super) struct Labelled<T> {
    rows: Vec<Row<T>>,
    /// The rows of a scope and label.
    by_label: Numbered<Vec<u32>>,
    by_scope: Numbered<Vec<u32>>,
    /// The rows by all that they are, so that none is kept twice.
    same: Numbered<u32>,
    /// The scopes with something of which the labels aren't known.
    unsure: Numbers,
    unsure_everywhere: bool,
}

#[derive(Debug)]
struct Row<T> {
    labels: Labels,
    value: T,
}

impl<T> Default for Labelled<T> {
    fn default() -> Labelled<T> {
        Labelled {
            rows: Vec::new(),
            by_label: Numbered::default(),
            by_scope: Numbered::default(),
            same: Numbered::default(),
            unsure: Numbers::default(),
            unsure_everywhere: false,
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
            match scope {
                Some(scope) => drop(self.unsure.insert(scope)),
                None => self.unsure_everywhere = true,
            }
            return None;
        };
        let all = labels.iter().fold(join(scope, number), |all, label| join(all, label.number()));
        let next = self.rows.len() as u32;
        let row = *self.same.entry(all).or_insert(next);
        if row == next {
            for label in &labels {
                self.by_label.entry(at(scope, label)).or_default().push(row);
            }
            self.by_scope.entry(scope).or_default().push(row);
            self.rows.push(Row { labels, value });
        }
        self.rows.get_mut(row as usize).map(|row| &mut row.value)
    }

    /// Whether there may be something in the scope that isn't known.
    pub(super) fn is_unsure(&self, scope: u64) -> bool {
        self.unsure_everywhere || self.unsure.contains(&scope)
    }

    /// What a selector selects in a scope.
    pub(super) fn selected<'a>(
        &'a self,
        scope: u64,
        selector: &'a Selector,
    ) -> impl Iterator<Item = (&'a Labels, &'a T)> {
        const NONE: &Vec<u32> = &Vec::new();
        let rows = |label| self.by_label.get(&at(scope, label)).unwrap_or(NONE);
        let least = selector.pairs.iter().map(rows).min_by_key(|rows| rows.len());
        let rows = least.unwrap_or_else(|| self.by_scope.get(&scope).unwrap_or(NONE));
        let rows = rows.iter().filter_map(|row| self.rows.get(*row as usize));
        rows.filter(|row| selector.matches(&row.labels)).map(|row| (&row.labels, &row.value))
    }
}

/// Selectors, each in a scope.
#[derive(Debug, Default)]
pub(super) struct Selectors {
    rows: Vec<(Selector, u64)>,
    /// The selectors by one of the labels that they ask for.
    by_label: Numbered<Vec<u32>>,
    /// Those that ask for no label.
    loose: Numbered<Vec<u32>>,
    /// The selectors by all that they are, so that none is kept twice.
    same: Numbers,
    unsure: Numbers,
    unsure_everywhere: bool,
}

impl Selectors {
    /// Adds the selector of an object that has this number.
    pub(super) fn add(&mut self, scope: Option<u64>, selector: Option<Selector>, of: u64) {
        let (Some(scope), Some(selector)) = (scope, selector) else {
            match scope {
                Some(scope) => drop(self.unsure.insert(scope)),
                None => self.unsure_everywhere = true,
            }
            return;
        };
        if !self.same.insert(join(scope, join(of, selector.number()))) {
            return;
        }
        // Of its labels that which the fewest have had so far, so that no list grows long.
        let label = selector.pairs.iter().map(|label| at(scope, label));
        let label = label.min_by_key(|label| self.by_label.get(label).map_or(0, Vec::len));
        let list = match label {
            Some(label) => self.by_label.entry(label).or_default(),
            None => self.loose.entry(scope).or_default(),
        };
        list.push(self.rows.len() as u32);
        self.rows.push((selector, of));
    }

    /// Whether there may be a selector in the scope that isn't known.
    pub(super) fn is_unsure(&self, scope: u64) -> bool {
        self.unsure_everywhere || self.unsure.contains(&scope)
    }

    /// The numbers of the objects whose selectors select these labels in a scope.
    pub(super) fn selecting<'a>(
        &'a self,
        scope: u64,
        labels: &'a [Label],
    ) -> impl Iterator<Item = u64> + 'a {
        let lists = labels.iter().filter_map(move |label| self.by_label.get(&at(scope, label)));
        let rows = lists.chain(self.loose.get(&scope)).flatten();
        let rows = rows.filter_map(|row| self.rows.get(*row as usize));
        rows.filter(|(selector, _)| selector.matches(labels)).map(|(_, of)| *of)
    }
}
