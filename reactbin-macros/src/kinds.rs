//! The kinds that have a macro, and how their keys reach the levels of the object.
//!
//! Data: a new kind is a line here, one in `lib.rs` and one in the facade.

use reactbin_check::facts::{Kind, kind};

/// A kind with a macro of its own.
#[derive(Debug)]
pub(crate) struct Declared {
    /// The macro's name.
    pub(crate) macro_name: &'static str,
    pub(crate) api_version: &'static str,
    /// The kind; also what the item's name ends in.
    pub(crate) kind: &'static str,
    pub(crate) shape: Shape,
}

/// How a declaration's keys become an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Keys are fields of the spec, of the object itself, or of its metadata.
    Plain,
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

const TEMPLATE: &[&str] = &["spec", "template"];

const fn declared(
    macro_name: &'static str,
    api_version: &'static str,
    kind: &'static str,
    shape: Shape,
) -> Declared {
    Declared { macro_name, api_version, kind, shape }
}

pub(crate) static DECLARED: &[Declared] = &[
    declared("container", "", "Container", Shape::Container),
    declared("deployment", "apps/v1", "Deployment", Shape::Template { path: TEMPLATE, selects: true }),
    declared("ingress", "networking.k8s.io/v1", "Ingress", Shape::Plain),
    declared("init_container", "", "InitContainer", Shape::InitContainer),
    declared("job", "batch/v1", "Job", Shape::Template { path: TEMPLATE, selects: false }),
    declared("namespace", "v1", "Namespace", Shape::Plain),
    declared("service", "v1", "Service", Shape::Plain),
    declared("stateful_set", "apps/v1", "StatefulSet", Shape::Template { path: TEMPLATE, selects: true }),
    declared("vault_auth", "secrets.hashicorp.com/v1beta1", "VaultAuth", Shape::Plain),
    declared("vault_static_secret", "secrets.hashicorp.com/v1beta1", "VaultStaticSecret", Shape::Plain),
];

impl Declared {
    /// The kind's facts; `None` for a part of an object.
    pub(crate) fn facts(&self) -> Option<&'static Kind> {
        kind(self.api_version, self.kind)
    }
}

pub(crate) fn find(macro_name: &str) -> Option<&'static Declared> {
    DECLARED.iter().find(|declared| declared.macro_name == macro_name)
}

#[cfg(test)]
mod tests {
    use super::{DECLARED, Shape};

    #[test]
    fn every_kind_is_in_the_facts_and_the_table_is_sorted() {
        for declared in DECLARED {
            let fragment = matches!(declared.shape, Shape::Container | Shape::InitContainer);
            assert_eq!(declared.facts().is_none(), fragment, "{}", declared.macro_name);
        }
        assert!(DECLARED.is_sorted_by_key(|declared| declared.macro_name));
    }
}
