//! What the checks see of a pod: its containers, what is missing, and what lets it off some checks.
//!
//! Knows no check.

use super::Version;
use crate::cx::{Node, Obj};
use crate::facts::Kind;
use crate::tree::Value;

/// A pod, or what a template says of one.
#[derive(Clone, Copy, Debug)]
pub struct Pod<'t> {
    /// The PodSpec.
    pub spec: Obj<'t>,
    /// The pod's own metadata.
    pub metadata: Option<Obj<'t>>,
    /// Whether this is an object of its own rather than a template, which has fewer defaults.
    pub is_object: bool,
    /// The version of the standards.
    pub version: Version,
    /// The lists of containers, looked up once for all checks.
    lists: [Option<Node<'t>>; 3],
}

impl<'t> Pod<'t> {
    /// The pod of an object; `None` where its kind has none, or where it says nothing of it.
    pub(super) fn of(object: Obj<'t>, kind: &Kind, version: Version) -> Option<Pod<'t>> {
        let path = kind.ty.pod()?.template;
        let holder = object.at(path)?;
        let spec = holder.object("spec")?;
        Some(Pod {
            spec,
            metadata: holder.object("metadata"),
            is_object: path.is_empty(),
            version,
            lists: ["initContainers", "containers", "ephemeralContainers"].map(|f| spec.get(f)),
        })
    }

    /// All containers: those that start the pod, those that it is for, and those for a debugger.
    pub(super) fn containers(self) -> impl Iterator<Item = Obj<'t>> {
        self.lists.into_iter().flatten().flat_map(Node::objects)
    }

    /// The security contexts of all containers that have one.
    pub(super) fn container_contexts(self) -> impl Iterator<Item = Obj<'t>> {
        self.containers().filter_map(|container| container.object("securityContext"))
    }

    /// The pod's security context and those of all containers.
    pub(super) fn contexts(self) -> impl Iterator<Item = Obj<'t>> {
        self.spec.object("securityContext").into_iter().chain(self.container_contexts())
    }

    /// The gap where neither the pod nor each of its containers has what either may have: in the
    /// container if one alone has a gap, else in the pod, where filling it once fills all.
    pub(super) fn shared_gap(self, path: &'static str) -> Option<Gap<'t>> {
        let of_pod = gap(self.spec, path)?;
        let mut of_containers = self.containers().filter_map(|container| gap(container, path));
        let first = of_containers.next()?;
        Some(if of_containers.next().is_none() { first } else { of_pod })
    }

    /// Whether the pod surely isn't for Windows, which lacks much of what a standard demands.
    pub(super) fn is_not_for_windows(self) -> bool {
        match self.spec.get("os") {
            None => self.spec.is_absent("os"),
            Some(os) => os
                .object()
                .and_then(|os| os.str_or("name", ""))
                .is_some_and(|name| name != "windows"),
        }
    }

    /// Whether the pod surely has no users of its own, so that its root is the node's.
    pub(super) fn has_users_of_node(self) -> bool {
        self.spec.bool_or("hostUsers", true) == Some(true)
    }
}

/// Something that surely isn't there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gap<'t> {
    /// Whose it would be: the pod or a container.
    pub(super) owner: Obj<'t>,
    /// The innermost block around it that is there.
    pub(super) block: Obj<'t>,
    /// What isn't, from that block on.
    pub(super) path: &'static str,
}

/// The gap in a pod or container at the end of a path of fields.
pub(super) fn gap<'t>(owner: Obj<'t>, path: &'static str) -> Option<Gap<'t>> {
    let (mut block, mut path) = (owner, path);
    loop {
        let (field, rest) = path.split_once('.').unwrap_or((path, ""));
        match block.get(field) {
            None => return block.is_absent(field).then_some(Gap { owner, block, path }),
            Some(_) if rest.is_empty() => return None,
            Some(node) => (block, path) = (node.object()?, rest),
        }
    }
}

/// A known text, with null in a list as the empty one that the server makes of it.
pub(super) fn text(node: Node<'_>) -> Option<&str> {
    match node.value() {
        Value::Str(text) => Some(text),
        Value::Null => Some(""),
        _ => None,
    }
}
