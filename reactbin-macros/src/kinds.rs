//! The kinds that have a macro, and how their keys reach the levels of the object.
//!
//! Every kind of the facts has one; its shape follows from its type.

use reactbin_check::facts::{KINDS, Kind, TypeDef, kind_by_snake};

/// A kind with a macro of its own, or a part of an object with one.
#[derive(Clone, Debug)]
pub(crate) struct Declared {
    /// The macro's name.
    pub(crate) macro_name: &'static str,
    /// The kind; also what the item's name ends in.
    pub(crate) kind: &'static str,
    /// The kind's facts; `None` for a part of an object.
    pub(crate) facts: Option<&'static Kind>,
    pub(crate) shape: Shape,
}

/// How a declaration's keys become an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Keys are fields of the spec, of the object itself, or of its metadata.
    Plain,
    /// The spec is a pod's: keys may also be fields of its only container.
    Pod,
    /// There is a pod template: keys may also be fields of the pod or of its only container.
    Template {
        /// Where the template is.
        path: &'static [&'static str],
        /// Whether the API demands a selector.
        selects: bool,
    },
    /// A container that is declared on its own.
    Container,
    /// An init container that is declared on its own.
    InitContainer,
}

impl Declared {
    /// The kind, if the language has something of its own for it; a team's kind may have the name
    /// of such a one.
    pub(crate) fn known(&self) -> &'static str {
        let added = |facts: &Kind| KINDS.iter().all(|kind| !std::ptr::eq::<Kind>(*kind, facts));
        if self.facts.is_some_and(added) { "" } else { self.kind }
    }
}

impl Shape {
    /// Where the pod's spec is.
    pub(crate) fn pod(self) -> Option<Vec<&'static str>> {
        match self {
            Shape::Pod => Some(vec!["spec"]),
            Shape::Template { path, .. } => Some([path, &["spec"]].concat()),
            _ => None,
        }
    }
}

/// The kind or part that a macro of this name declares.
pub(crate) fn find(macro_name: &str) -> Option<Declared> {
    let part = |macro_name, kind, shape| Some(Declared { macro_name, kind, facts: None, shape });
    match macro_name {
        "container" => part("container", "Container", Shape::Container),
        "init_container" => part("init_container", "InitContainer", Shape::InitContainer),
        _ => {
            let facts = kind_by_snake(macro_name)?;
            let shape = shape_of(facts);
            Some(Declared { macro_name: facts.snake, kind: facts.kind, facts: Some(facts), shape })
        }
    }
}

/// A kind that is declared by `object!`, which says what it is of.
pub(crate) fn of(kind: &'static Kind) -> Declared {
    Declared { macro_name: "object", kind: kind.kind, facts: Some(kind), shape: shape_of(kind) }
}

fn shape_of(kind: &Kind) -> Shape {
    match kind.ty.pod().map(|path| path.template) {
        None => Shape::Plain,
        Some([]) => Shape::Pod,
        Some(path) => Shape::Template { path, selects: demands_selector(kind.ty) },
    }
}

fn demands_selector(ty: &'static TypeDef) -> bool {
    let selector = ty.at(&["spec"]).and_then(|spec| spec.field("selector"));
    selector.is_some_and(|selector| selector.required)
}

#[cfg(test)]
mod tests {
    use super::{Shape, find};

    #[test]
    fn shapes_follow_from_types() {
        let shape = |name| find(name).unwrap().shape;
        let spec = &["spec", "template"];
        for name in ["deployment", "daemon_set", "replica_set", "stateful_set"] {
            assert_eq!(shape(name), Shape::Template { path: spec, selects: true }, "{name}");
        }
        assert_eq!(shape("job"), Shape::Template { path: spec, selects: false });
        assert_eq!(shape("pod_template"), Shape::Template { path: &["template"], selects: false });
        let path: &[&str] = &["spec", "jobTemplate", "spec", "template"];
        assert_eq!(shape("cron_job"), Shape::Template { path, selects: false });
        assert_eq!(shape("pod"), Shape::Pod);
        for name in ["service", "config_map", "vault_auth"] {
            assert_eq!(shape(name), Shape::Plain, "{name}");
        }
    }

    #[test]
    fn of_several_versions_the_newest_has_the_macro() {
        assert_eq!(find("horizontal_pod_autoscaler").unwrap().facts.unwrap().version, "v2");
        assert_eq!(find("event").unwrap().facts.unwrap().group, "events.k8s.io");
    }
}
