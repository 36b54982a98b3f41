//! The two security contexts of a container: its own, and its pod's behind it.

use super::pods::{End, follow};
use crate::cx::{Cx, Node, Obj};

/// What a container's own context says, or its pod's.
#[derive(Clone, Copy, Debug)]
pub(super) enum Effective<'t> {
    /// This.
    Is(Node<'t>),
    /// Nothing, neither of them.
    Unset,
    /// That isn't known.
    Unknown,
}

/// A container and its pod, where their security contexts are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Contexts<'t> {
    container: Obj<'t>,
    pod: Obj<'t>,
    /// Whether the pod is one that nothing is known of: the container is declared on its own.
    alone: bool,
}

impl<'t> Contexts<'t> {
    /// The contexts of a container in this pod.
    pub(super) fn of(cx: &Cx<'_>, pod: Obj<'t>, container: Obj<'t>) -> Contexts<'t> {
        Contexts { container, pod, alone: cx.kind.is_none() }
    }

    /// A field of the container's context, or of its pod's where that lacks it.
    pub(super) fn get(self, field: &'static str) -> Effective<'t> {
        match field_of(self.container, field) {
            Effective::Unset if self.alone => Effective::Unknown,
            Effective::Unset => field_of(self.pod, field),
            own => own,
        }
    }
}

fn field_of<'t>(holder: Obj<'t>, field: &'static str) -> Effective<'t> {
    let context = match follow(holder, &["securityContext"]) {
        End::There(node) => node.object(),
        End::Missing(_) => return Effective::Unset,
        End::Unknown => None,
    };
    match context.map(|context| (context.get(field), context.is_absent(field))) {
        Some((Some(node), _)) if !node.is_unknown() => Effective::Is(node),
        Some((None, true)) => Effective::Unset,
        _ => Effective::Unknown,
    }
}
