//! What OpenAPI can't say of a field: formats, ranges, exclusive choices. Written by hand from
//! the API server's validation functions; data only.
//!
//! To add one, find the type and add a line to its fields. A relation between fields that isn't
//! a choice of one is a rule in [`crate::rules`].

use std::sync::OnceLock;

use super::{Field, TypeDef};
use crate::finding::Reason;
use crate::formats::Format;

mod cluster;
mod config;
mod control;
mod core;
mod custom;
mod devices;
mod extension;
mod meta;
mod networking;
pub(crate) mod paths;
mod workloads;

/// What a field's value must be beyond its type.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Constraint {
    /// Must be there, and not be a Go zero value (`""`, `0`, an empty list or map; an object
    /// without fields is judged by its own type).
    Required,
    /// Where OpenAPI says that it must be there and the server accepts an object without it.
    Optional,
    /// If it is there, it isn't `""`, `[]` or `{}`.
    NotEmpty,
    /// The text, or each text in the list, has this format; `""` is absent.
    Format(Format),
    /// The map's keys have this format.
    Keys(Format),
    /// The map's values have this format.
    MapValues(Format),
    /// The integer, or each in the list, is in this range, ends included.
    Range(i64, i64),
    /// The text, or each in the list, is one of these; `""` is absent.
    OneOf(&'static [&'static str]),
    /// The server refuses a list in which a key or value stands twice on every way in, not only
    /// when it is applied.
    Unique,
    /// The server refuses two items that agree in these fields; fewer of them are the list's keys.
    UniqueBy(&'static [&'static str]),
    /// The list or map has at most this many items.
    MaxItems(usize),
    /// The text, each in the list, or the map's keys and values together, has at most this many
    /// bytes.
    MaxLength(usize),
    /// The map's values together have at most this many bytes; base64 counts as what it stands for.
    MaxValues(usize),
    /// A port: a number from 1 to 65535, or a port name.
    Port,
    /// A port as above, where the server fills in one for `0` and `""`.
    PortOrUnset,
    /// A number that isn't negative, or a percentage.
    CountOrPercent,
    /// The quantity, or each in the map, is at least zero.
    NonNegative,
    /// The quantity, or each in the map, is more than zero.
    Positive,
    /// The permissions of a file: 0 to 0777 in octal.
    FileMode,
}

/// Fields of which at most one may be given.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    /// The fields, in the API's order.
    pub fields: &'static [&'static str],
    /// If one must be given: what it is, with its article.
    pub at_least_one: Option<&'static str>,
    /// The field that a finding names when none is given; empty for the object itself.
    pub missing: &'static str,
    /// Why there can only be one; ends the message.
    pub only_one: &'static str,
    /// The server's class of error for a second one.
    pub reason: Reason,
}

/// The overrides of one type.
#[derive(Clone, Copy, Debug)]
pub struct TypeOverrides {
    /// The type's name in the facts.
    pub ty: &'static str,
    /// Constraints by field (JSON name). A field may have several lines.
    pub fields: &'static [(&'static str, Constraint)],
    /// Choices between fields.
    pub choices: &'static [Choice],
}

impl TypeOverrides {
    /// The constraints of a field.
    pub fn constraints(&self, field: &str) -> impl Iterator<Item = &'static Constraint> {
        self.fields.iter().filter(move |(name, _)| *name == field).map(|(_, constraint)| constraint)
    }
}

const GROUPS: &[&[TypeOverrides]] = &[
    cluster::TYPES,
    config::TYPES,
    control::TYPES,
    core::TYPES,
    custom::TYPES,
    devices::TYPES,
    extension::TYPES,
    meta::TYPES,
    networking::TYPES,
    workloads::TYPES,
];

/// All overrides, sorted by type.
pub fn all() -> &'static [&'static TypeOverrides] {
    static ALL: OnceLock<Vec<&'static TypeOverrides>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut all: Vec<_> = GROUPS.iter().copied().flatten().collect();
        all.sort_by_key(|overrides| overrides.ty);
        all
    })
}

/// The overrides of a type.
pub fn of(ty: &TypeDef) -> Option<&'static TypeOverrides> {
    let all = all();
    let index = all.binary_search_by(|overrides| overrides.ty.cmp(ty.name)).ok()?;
    all.get(index).copied()
}

/// The format of a field, if it has one: tells whether a bare identifier can stand for its text.
pub fn format(ty: &TypeDef, field: &str) -> Option<Format> {
    of(ty)?.constraints(field).find_map(|constraint| match constraint {
        Constraint::Format(format) => Some(*format),
        Constraint::Port | Constraint::PortOrUnset => Some(Format::PortName),
        _ => None,
    })
}

/// The values of a closed set that a field can have; empty where there is no such set.
pub fn values(ty: &TypeDef, field: &Field) -> &'static [&'static str] {
    if !field.values.is_empty() {
        return field.values;
    }
    let constraints = of(ty).into_iter().flat_map(|overrides| overrides.constraints(field.name));
    constraints
        .into_iter()
        .find_map(|constraint| match constraint {
            Constraint::OneOf(values) => Some(*values),
            _ => None,
        })
        .unwrap_or_default()
}

/// The format that says what a CRD's `pattern` says; `None` for a pattern that nobody has turned
/// into a format.
pub fn pattern_format(pattern: &str) -> Option<Format> {
    custom::PATTERNS.iter().find(|(text, _)| *text == pattern).map(|(_, format)| *format)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::type_def;

    #[test]
    fn every_override_names_a_type_and_a_field_that_exist() {
        for pair in all().windows(2) {
            assert_ne!(pair[0].ty, pair[1].ty, "two entries for one type");
        }
        for overrides in all() {
            let ty = type_def(overrides.ty).unwrap_or_else(|| panic!("no type {}", overrides.ty));
            for (field, _) in overrides.fields {
                assert!(ty.field(field).is_some(), "{} has no field {field}", overrides.ty);
            }
            for field in overrides.choices.iter().flat_map(|choice| choice.fields) {
                assert!(ty.field(field).is_some(), "{} has no field {field}", overrides.ty);
            }
        }
    }
}
