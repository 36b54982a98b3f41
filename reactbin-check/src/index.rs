//! What the engine looks up for each type, found once and kept with the type.
//!
//! A compiler that loads the engine for one declaration pays for the types that it meets, not for
//! the whole table; a long run pays for each type once.

use crate::facts::overrides::{self, Choice, Constraint};
use crate::facts::{Field, PodPath, TypeDef, pods};
use crate::lints::{self, OfLint};
use crate::rules::{self, Rule};
use crate::tree::hash;

/// What is known of a type beyond its fields.
#[derive(Debug)]
pub(crate) struct OfType {
    /// The rules of the API server that look at its objects.
    pub(crate) rules: Vec<&'static Rule>,
    /// The lints that look at its objects.
    pub(crate) lints: Vec<OfLint>,
    /// The choices between its fields.
    pub(crate) choices: &'static [Choice],
    /// The fields that must be there.
    pub(crate) required: Vec<&'static Field>,
    /// Where its objects have their pod.
    pub(crate) pod: Option<&'static PodPath>,
    /// The constraints, by the field's place in the type.
    constraints: Vec<Vec<&'static Constraint>>,
    places: Places,
}

/// The places of fields by their names: a hash table with open addressing, since every key of a
/// document is looked up.
#[derive(Debug)]
struct Places {
    /// A power of two, at least half of them `None`.
    slots: Vec<Option<u16>>,
}

impl Places {
    fn new(fields: &[Field]) -> Places {
        let mut slots = vec![None; (2 * fields.len()).next_power_of_two()];
        for (place, field) in fields.iter().enumerate() {
            let mut at = start(hash(field.name)) & (slots.len() - 1);
            while slots[at].is_some() {
                at = (at + 1) & (slots.len() - 1);
            }
            slots[at] = u16::try_from(place).ok();
        }
        Places { slots }
    }

    fn of(&self, name: &str, hash: u32, fields: &[Field]) -> Option<usize> {
        let mask = self.slots.len() - 1;
        let mut at = start(hash) & mask;
        while let Some(place) = self.slots.get(at).copied().flatten() {
            let place = usize::from(place);
            if fields.get(place).is_some_and(|field| field.name == name) {
                return Some(place);
            }
            at = (at + 1) & mask;
        }
        None
    }
}

/// Where the look for a name starts, by the better bits of its hash.
fn start(hash: u32) -> usize {
    (hash >> 16) as usize
}

impl OfType {
    /// The constraints of the field at this place.
    pub(crate) fn constraints(&self, place: usize) -> &[&'static Constraint] {
        self.constraints.get(place).map_or(&[], Vec::as_slice)
    }

    /// The place of the field of this JSON name, and its hash, among the type's fields.
    pub(crate) fn place(&self, name: &str, hash: u32, ty: &TypeDef) -> Option<usize> {
        self.places.of(name, hash, ty.fields)
    }

    pub(crate) fn new(ty: &'static TypeDef) -> OfType {
        let overrides = overrides::of(ty);
        let mut constraints: Vec<Vec<&'static Constraint>> = vec![Vec::new(); ty.fields.len()];
        for (name, constraint) in overrides.map_or(&[][..], |overrides| overrides.fields) {
            if let Some(place) = ty.place(name) {
                constraints[place].push(constraint);
            }
        }
        let must = |(field, constraints): &(&'static Field, &Vec<&'static Constraint>)| {
            let has = |wanted| constraints.iter().any(|c| **c == wanted);
            (field.required || has(Constraint::Required)) && !has(Constraint::Optional)
        };
        OfType {
            rules: rules::on(ty.name).collect(),
            lints: lints::on_type(ty.name),
            choices: overrides.map_or(&[], |overrides| overrides.choices),
            required: ty
                .fields
                .iter()
                .zip(&constraints)
                .filter(must)
                .map(|(field, _)| field)
                .collect(),
            pod: pods::find(ty),
            constraints,
            places: Places::new(ty.fields),
        }
    }
}
