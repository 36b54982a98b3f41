//! The texts of an object in which a secret could be written out: variables, commands, headers,
//! annotations, ConfigMaps.
//!
//! Must not know what a secret looks like.

use crate::cx::{Cx, Node, Obj};
use crate::naming::Naming;

/// The types whose texts are looked at.
pub(super) const TYPES: &str = "api.core.v1.ConfigMap api.core.v1.Container \
     api.core.v1.EphemeralContainer api.core.v1.ExecAction api.core.v1.HTTPHeader \
     apimachinery.pkg.apis.meta.v1.ObjectMeta";

/// A text, and what it goes by.
pub(super) struct Literal<'t> {
    /// The value.
    pub(super) node: Node<'t>,
    /// What it holds.
    pub(super) text: &'t str,
    /// The variable, the key, or the flag before an argument.
    pub(super) key: Option<&'t str>,
    /// Where it stands.
    pub(super) place: Stands,
}

/// Where a text stands, since there is another way out for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stands {
    Variable,
    Command,
    Header,
    Annotation,
    ConfigMap,
}

/// Does something with every text of an object of one of [`TYPES`].
pub(super) fn each<'t>(object: Obj<'t>, mut look: impl FnMut(Literal<'t>)) {
    for variable in object.objects("env") {
        if let Some(node) = variable.get("value") {
            add(variable.str("name"), node, Stands::Variable, &mut look);
        }
    }
    for list in ["command", "args"] {
        let mut flag = None;
        for node in object.items(list) {
            add(flag, node, Stands::Command, &mut look);
            // `--password hunter2`, in two arguments.
            flag = node.str().filter(|text| text.starts_with('-') && !text.contains('='));
        }
    }
    // A header has a name and a value; a variable is no object of its own here.
    if let (Some(name), Some(node)) = (object.str("name"), object.get("value")) {
        add(Some(name), node, Stands::Header, &mut look);
    }
    for (field, place) in [("annotations", Stands::Annotation), ("data", Stands::ConfigMap)] {
        for (key, node) in object.object(field).into_iter().flat_map(Obj::entries) {
            add(key.str(), node, place, &mut look);
        }
    }
}

fn add<'t>(
    key: Option<&'t str>,
    node: Node<'t>,
    place: Stands,
    look: &mut impl FnMut(Literal<'t>),
) {
    if let Some(text) = node.str().filter(|text| !text.is_empty()) {
        look(Literal { node, text, key, place });
    }
}

/// What to do instead of writing a secret there.
pub(super) fn way_out(cx: &Cx<'_>, literal: &Literal<'_>) -> String {
    match (literal.place, cx.naming) {
        (Stands::Variable, Naming::Snake) => {
            let key = literal.key.unwrap_or("KEY");
            format!("keep it in a Secret, and write `{key}: my_secret.{key}`")
        }
        (Stands::Variable, Naming::Camel) => {
            "keep it in a Secret, and write `valueFrom: {secretKeyRef: {name: …, key: …}}`".to_owned()
        }
        (Stands::Command, _) => {
            "keep it in a Secret, give it to a variable of the container, and write `$(VARIABLE)` here"
                .to_owned()
        }
        (Stands::Header, _) => {
            "let the container answer this request without it; a probe can't read a Secret".to_owned()
        }
        (Stands::Annotation, _) => {
            "leave it out; what reads the annotation can read a Secret instead".to_owned()
        }
        (Stands::ConfigMap, _) => "keep it in a Secret, and mount that instead".to_owned(),
    }
}
