//! What a macro leaves behind: one data literal, the slots that only a running program can fill,
//! and the item by which other declarations refer to it.
//!
//! Everything here is named by expansions only.

use linkme::distributed_slice;
use reactbin_check::pod_security::{Standard, Version};
use serde_yaml::Value;

use crate::image::{Image, Need};

/// A declaration, as its macro expanded it.
#[derive(Debug)]
pub struct Declaration {
    /// The object's tree, encoded by `reactbin_check::wire`; empty for a broken declaration.
    pub data: &'static str,
    /// What fills the tree's unknown nodes.
    pub slots: &'static [Slot],
    /// The module that it stands in.
    pub module: &'static str,
    /// The source file, as rustc names it.
    pub source: &'static str,
    /// The file that its author asks for.
    pub file: Option<&'static str>,
    /// The keys of the Secret that the object causes to be made; empty where nothing says them.
    pub keys: &'static [&'static str],
}

/// A value that the expansion couldn't know.
#[derive(Debug)]
pub enum Slot {
    /// A Rust expression's.
    Value(fn() -> Value),
    /// An object's name.
    Name(Reference),
    /// A container's fields.
    Fragment(Reference),
    /// An image, and what the container needs of it beyond what its fields say.
    Image {
        /// The image.
        image: &'static Image,
        /// Paths.
        needs: &'static [Need],
    },
    /// The labels that select a workload's pods.
    Selector(Reference),
    /// Another object, by the fields that name it.
    Object(Reference, ObjectForm),
    /// A text with parameters in it; `text` says whether the field takes text only.
    Text {
        /// What it is made of.
        parts: &'static [TextPart],
        /// Whether a number in it stays text.
        text: bool,
    },
}

/// The fields by which an object is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObjectForm {
    /// `apiVersion`, `kind`, `name`.
    Target,
    /// `apiGroup`, `kind`, `name`.
    Role,
    /// `kind`, `name`, `namespace`.
    Subject,
}

/// A part of a text.
#[derive(Debug)]
pub enum TextPart {
    /// Text as it stands.
    Literal(&'static str),
    /// A parameter's value.
    Parameter(&'static Parameter),
}

/// Another declaration, and where in it the name is that is meant.
#[derive(Clone, Copy, Debug)]
pub struct Reference {
    // A function, since two declarations may refer to each other, and rustc evaluates statics in
    // some order.
    declaration: fn() -> &'static Declaration,
    /// Where the name is.
    pub named: Named,
}

impl Reference {
    /// A reference to an item.
    pub const fn to<T: Declared>() -> Reference {
        Reference { declaration: T::declaration, named: T::NAMED }
    }

    /// The declaration.
    pub fn declaration(&self) -> &'static Declaration {
        (self.declaration)()
    }
}

/// Where the name of what an item stands for is.
#[derive(Clone, Copy, Debug)]
pub enum Named {
    /// The object's own.
    Metadata,
    /// The text at this path of fields: an object that this one causes to be made.
    At(&'static [&'static str]),
}

/// An item that a declaration defines.
#[diagnostic::on_unimplemented(
    message = "`{Self}` isn't an item that a manifest can refer to",
    label = "not declared by one of reactbin's macros"
)]
pub trait Declared {
    /// The declaration behind it.
    fn declaration() -> &'static Declaration;
    /// Where the name is that a reference means.
    const NAMED: Named = Named::Metadata;
    /// Whether it is a workload, whose pods a Service can select.
    const HAS_PODS: bool = false;
}

/// A value that a render fills.
#[derive(Debug)]
pub struct Parameter {
    /// The name.
    pub name: &'static str,
    /// The name of the type.
    pub ty: &'static str,
    /// What the manifests show until it is filled.
    pub shown: &'static str,
    /// Whether a render must fill it.
    pub placeholder: bool,
    /// What it is for.
    pub doc: &'static str,
    /// The module that it stands in.
    pub module: &'static str,
    /// The source file, as rustc names it.
    pub source: &'static str,
    /// The line of its name, from 1.
    pub line: u32,
    /// The column of its name, from 1.
    pub column: u32,
}

/// An item that `parameter!` defines.
#[diagnostic::on_unimplemented(
    message = "`{Self}` isn't a parameter",
    label = "not declared by `parameter!`"
)]
pub trait ParameterItem {
    /// The parameter.
    const PARAMETER: &'static Parameter;
}

/// An application that is declared.
#[derive(Debug)]
pub struct AppMark {
    /// The module of `app!`.
    pub module: &'static str,
    /// The source file, as rustc names it.
    pub source: &'static str,
    /// The line of its name, from 1.
    pub line: u32,
    /// The column of its name, from 1.
    pub column: u32,
}

/// The Pod Security Standards that a namespace keeps.
#[derive(Clone, Copy, Debug)]
pub struct PodSecurity {
    /// What breaks it is an error.
    pub enforce: Standard,
    /// What breaks it is a warning.
    pub warn: Standard,
    /// The version of both.
    pub version: Version,
}

/// The standards of a namespace that is declared.
#[derive(Debug)]
pub struct NamespaceSecurity {
    /// The declaration of the namespace.
    pub namespace: &'static Declaration,
    /// What it keeps.
    pub security: PodSecurity,
}

/// Every namespace of this program that says which standard it keeps.
#[distributed_slice]
pub static POD_SECURITY: [NamespaceSecurity];

/// Every application that is declared in this program.
#[distributed_slice]
pub static APPS: [AppMark];

/// Every object that is declared in this program; the linker puts them together, in no order.
#[distributed_slice]
pub static DECLARATIONS: [Declaration];

/// Every parameter that is declared in this program.
#[distributed_slice]
pub static PARAMETERS: [&'static Parameter];
