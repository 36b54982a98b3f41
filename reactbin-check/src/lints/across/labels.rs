//! Labels and the selectors that ask for them.
//!
//! Must not know whose labels they are.

use std::sync::Arc;

use super::key::{join, number};
use super::part::Part;
use crate::cx::Obj;
use crate::tree::Value;

/// A label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::lints) struct Label {
    pub(super) key: u64,
    pub(super) value: u64,
}

impl Label {
    /// Its number.
    pub(super) fn number(self) -> u64 {
        join(self.key, self.value)
    }
}

/// A set of labels, by key.
pub(in crate::lints) type Labels = Box<[Label]>;

/// The labels of a map; `None` where not all are known.
pub(in crate::lints) fn labels(map: Part<'_>) -> Option<Labels> {
    match map {
        Part::Absent => Some(Labels::default()),
        Part::Unknown => None,
        Part::Known(map) => labels_of(map),
    }
}

fn labels_of(map: Obj<'_>) -> Option<Labels> {
    let mut all = Vec::with_capacity(map.entries().count());
    for (key, value) in map.entries() {
        let text = match value.value() {
            Value::Str(text) => text,
            // The server reads null as an empty text.
            Value::Null => "",
            _ => return None,
        };
        all.push(Label { key: number(&[key.str()?]), value: number(&[text]) });
    }
    all.sort_unstable_by_key(|label| label.key);
    all.dedup_by_key(|label| label.key);
    Some(all.into())
}

fn value_of(labels: &[Label], key: u64) -> Option<u64> {
    let place = labels.binary_search_by_key(&key, |label| label.key).ok()?;
    Some(labels[place].value)
}

/// A selector: all of it must hold, and an empty one matches everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::lints) struct Selector {
    /// The labels that must be there.
    pub(super) pairs: Labels,
    rest: Box<[Requirement]>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Requirement {
    key: u64,
    operator: Operator,
    values: Box<[u64]>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    In,
    NotIn,
    Exists,
    DoesNotExist,
}

/// What is known of a selector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::lints) enum Asked {
    /// It isn't known yet.
    Unknown,
    /// It is none that the API server accepts.
    Refused,
    /// It is known; many ask with it.
    Known(Arc<Selector>),
}

impl Asked {
    /// The selector, if it is one.
    pub(super) fn known(&self) -> Option<&Arc<Selector>> {
        match self {
            Asked::Known(selector) => Some(selector),
            _ => None,
        }
    }
}

impl Selector {
    /// What asks for these labels.
    pub(super) fn of_labels(pairs: Labels) -> Selector {
        Selector { pairs, rest: Box::default() }
    }

    /// A plain map of labels, as a Service has it.
    pub(super) fn of_map(map: Part<'_>) -> Asked {
        let object = match map {
            Part::Absent => return Asked::Known(Arc::default()),
            Part::Unknown => return Asked::Unknown,
            Part::Known(object) => object,
        };
        match labels_of(object) {
            None => Asked::Unknown,
            Some(pairs) => Asked::Known(Arc::new(Selector::of_labels(pairs))),
        }
    }

    /// `matchLabels` and `matchExpressions`.
    pub(in crate::lints) fn of(selector: Part<'_>) -> Asked {
        let labelled = Selector::of_map(selector.part("matchLabels"));
        let Some(requirements) = selector.list("matchExpressions") else { return Asked::Unknown };
        let (mut pairs, mut rest) = (Vec::new(), Vec::new());
        for node in requirements {
            match Requirement::of(Part::of(node)) {
                Err(asked) => return asked,
                // One value is as good as a label.
                Ok(Requirement { key, operator: Operator::In, values }) if values.len() == 1 => {
                    pairs.push(Label { key, value: values[0] });
                }
                Ok(requirement) => rest.push(requirement),
            }
        }
        match labelled {
            Asked::Known(labelled) if !pairs.is_empty() || !rest.is_empty() => {
                pairs.extend_from_slice(&labelled.pairs);
                pairs.sort_unstable();
                pairs.dedup();
                Asked::Known(Arc::new(Selector { pairs: pairs.into(), rest: rest.into() }))
            }
            labelled => labelled,
        }
    }

    /// Whether it asks for nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.pairs.is_empty() && self.rest.is_empty()
    }

    /// Whether an object of these labels is selected.
    pub(in crate::lints) fn matches(&self, labels: &[Label]) -> bool {
        self.pairs.iter().all(|pair| value_of(labels, pair.key) == Some(pair.value))
            && self.rest.iter().all(|requirement| requirement.matches(labels))
    }

    /// The number of all that it asks for.
    pub(super) fn number(&self) -> u64 {
        let pairs = self.pairs.iter().fold(0, |all, label| join(all, label.number()));
        self.rest.iter().fold(pairs, |all, requirement| {
            let values = requirement.values.iter().fold(all, |all, value| join(all, *value));
            join(values, join(requirement.key, requirement.operator as u64))
        })
    }

    /// The labels that it names, if it asks for nothing else.
    pub(super) fn only_labels(&self) -> Option<&Labels> {
        self.rest.is_empty().then_some(&self.pairs)
    }
}

impl Requirement {
    fn of(requirement: Part<'_>) -> Result<Requirement, Asked> {
        let text = |field| requirement.text(field).ok_or(Asked::Unknown);
        let (key, name) = (text("key")?, text("operator")?);
        let list = requirement.list("values").ok_or(Asked::Unknown)?;
        let values: Option<Vec<&str>> = list.map(|value| value.str()).collect();
        let values = values.ok_or(Asked::Unknown)?;
        let operator = match name {
            "In" => Operator::In,
            "NotIn" => Operator::NotIn,
            "Exists" => Operator::Exists,
            "DoesNotExist" => Operator::DoesNotExist,
            _ => return Err(Asked::Refused),
        };
        let compares = matches!(operator, Operator::In | Operator::NotIn);
        if compares == values.is_empty() {
            return Err(Asked::Refused);
        }
        let mut values: Box<[u64]> = values.iter().map(|value| number(&[value])).collect();
        values.sort_unstable();
        Ok(Requirement { key: number(&[key]), operator, values })
    }

    fn matches(&self, labels: &[Label]) -> bool {
        let value = value_of(labels, self.key);
        let listed = value.is_some_and(|value| self.values.binary_search(&value).is_ok());
        match self.operator {
            Operator::In => listed,
            Operator::NotIn => !listed,
            Operator::Exists => value.is_some(),
            Operator::DoesNotExist => value.is_none(),
        }
    }
}
