//! A part of an object that may be absent, or unknown, and what is below it.

use crate::cx::{Node, Obj};
use crate::tree::Value;

/// A part of an object.
#[derive(Clone, Copy, Debug)]
pub(in crate::lints) enum Part<'t> {
    /// It surely isn't there, or is null.
    Absent,
    /// Nothing can be said of it: its value isn't known yet, or isn't of the field's type.
    Unknown,
    /// It is there.
    Known(Obj<'t>),
}

impl<'t> Part<'t> {
    /// The part that a node is.
    pub(in crate::lints) fn of(node: Node<'t>) -> Part<'t> {
        node.object().map_or(Part::Unknown, Part::Known)
    }

    /// The object, if it is there.
    pub(super) fn known(self) -> Option<Obj<'t>> {
        match self {
            Part::Known(object) => Some(object),
            _ => None,
        }
    }

    /// The part of this name.
    pub(in crate::lints) fn part(self, field: &str) -> Part<'t> {
        let Part::Known(object) = self else { return self };
        object.get(field).map_or(Part::Absent, Part::of)
    }

    /// The part at the end of a path.
    pub(super) fn at(self, path: &[&str]) -> Part<'t> {
        path.iter().fold(self, |part, field| part.part(field))
    }

    /// The field's text, empty where it is absent; `None` where nothing can be said of it.
    pub(in crate::lints) fn text(self, field: &str) -> Option<&'t str> {
        match self {
            Part::Absent => Some(""),
            Part::Unknown => None,
            Part::Known(object) => object.get(field).map_or(Some(""), Node::str),
        }
    }

    /// The field's integer, or what its absence stands for; `None` where nothing can be said of it.
    pub(super) fn int_or(self, field: &str, default: i64) -> Option<i64> {
        match self {
            Part::Absent => Some(default),
            Part::Unknown => None,
            Part::Known(object) => object.get(field).map_or(Some(default), Node::int),
        }
    }

    /// The field's boolean, false where it is absent; `None` where nothing can be said of it.
    pub(super) fn flag(self, field: &str) -> Option<bool> {
        match self {
            Part::Absent => Some(false),
            Part::Unknown => None,
            Part::Known(object) => object.get(field).map_or(Some(false), Node::bool),
        }
    }

    /// The items of the field's list, none where it is absent; `None` where nothing can be said of
    /// it.
    pub(in crate::lints) fn list(self, field: &str) -> Option<impl Iterator<Item = Node<'t>>> {
        let node = match self {
            Part::Absent => None,
            Part::Unknown => return None,
            Part::Known(object) => object.get(field),
        };
        let is_list = node.is_none_or(|node| matches!(node.value(), Value::List(_)));
        is_list.then(|| node.into_iter().flat_map(Node::items))
    }

    /// The known items of the field's list.
    pub(super) fn items(self, field: &str) -> impl Iterator<Item = Node<'t>> {
        self.list(field).into_iter().flatten()
    }
}
