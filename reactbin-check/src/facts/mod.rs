//! What Kubernetes says of its types: kinds, fields, types, required fields, enums, list keys.
//!
//! Two layers. `table.rs` is generated from the API server's OpenAPI document (and from the CRDs
//! in `crds/`) by `cargo run -p xtask -- facts`; `overrides.rs` is written by hand beside it and
//! holds what OpenAPI can't say: formats, ranges, exclusive choices.

use std::fmt;
use std::sync::OnceLock;

use crate::index::OfType;

pub mod overrides;
pub(crate) mod pods;

#[rustfmt::skip]
mod table;

pub use pods::PodPath;
pub use table::{KINDS, KUBERNETES, TYPES};

/// A kind of object that a manifest can hold.
#[derive(Debug)]
pub struct Kind {
    /// The API group; empty for the core group.
    pub group: &'static str,
    /// The version: `v1`.
    pub version: &'static str,
    /// The kind: `Deployment`.
    pub kind: &'static str,
    /// The kind in Rust's spelling, as its macro is called: `stateful_set`.
    pub snake: &'static str,
    /// Whether its objects live in a namespace.
    pub namespaced: bool,
    /// Whether the kind comes from a CRD rather than from the API server itself.
    pub custom: bool,
    /// The type of its objects.
    pub ty: &'static TypeDef,
}

impl Kind {
    /// `apps/v1`, or `v1` in the core group.
    pub fn api_version(&self) -> String {
        match self.group {
            "" => self.version.to_owned(),
            group => format!("{group}/{}", self.version),
        }
    }
}

/// An object type.
pub struct TypeDef {
    /// The name in the OpenAPI document, without `io.k8s.`: `api.core.v1.Container`.
    pub name: &'static str,
    /// The fields, sorted by name.
    pub fields: &'static [Field],
    /// Whether objects may have other fields too, of which nothing is known.
    pub open: bool,
    /// What the engine has found out about the type.
    index: OnceLock<OfType>,
}

/// A field of an object type.
#[derive(Debug)]
pub struct Field {
    /// The name in JSON: `imagePullPolicy`.
    pub name: &'static str,
    /// The name in Rust, as k8s-openapi spells it but without its `r#` and trailing `_`:
    /// `image_pull_policy`.
    pub snake: &'static str,
    /// The type of the value.
    pub ty: Ty,
    /// Whether OpenAPI says that the field must be there.
    pub required: bool,
    /// The values that the field, or each item of its list, may have; empty when any.
    pub values: &'static [&'static str],
    /// What the API server puts where the field is absent, where OpenAPI says it.
    pub default: Option<Scalar>,
    /// The fields that together identify an item of a `listType=map` list; empty for other lists.
    pub keys: &'static [&'static str],
    /// Whether the list is a `listType=set`, in which no value stands twice.
    pub set: bool,
    /// What a CRD's schema demands beyond that.
    pub limits: Option<&'static Limits>,
}

/// What a CRD's schema demands of a value, or of each item of a list, beyond its type and enum.
#[derive(Debug)]
pub struct Limits {
    /// The least number.
    pub minimum: Option<i64>,
    /// The greatest number.
    pub maximum: Option<i64>,
    /// How many characters a string has at least.
    pub min_length: Option<i64>,
    /// How many characters a string has at most.
    pub max_length: Option<i64>,
    /// How many items the list, or entries the map, has at least.
    pub min_items: Option<i64>,
    /// How many items the list, or entries the map, has at most.
    pub max_items: Option<i64>,
    /// The regular expression that matches somewhere in the string.
    pub pattern: Option<&'static str>,
}

impl Limits {
    /// None at all.
    pub const NONE: Limits = Limits {
        minimum: None,
        maximum: None,
        min_length: None,
        max_length: None,
        min_items: None,
        max_items: None,
        pattern: None,
    };
}

/// The type of a value.
#[derive(Clone, Copy, Debug)]
pub enum Ty {
    /// Anything at all.
    Any,
    /// Any map.
    AnyObject,
    /// `true` or `false`.
    Bool,
    /// An integer of 32 bits.
    Int32,
    /// An integer of 64 bits.
    Int64,
    /// Any number.
    Double,
    /// A string.
    String,
    /// Base64.
    Bytes,
    /// An RFC 3339 time.
    Time,
    /// An RFC 3339 time with microseconds.
    MicroTime,
    /// A resource quantity: a string or a number.
    Quantity,
    /// An integer or a string.
    IntOrString,
    /// An object.
    Object(&'static TypeDef),
    /// A list.
    List(&'static Ty),
    /// A map with keys of the author's choice.
    Map(&'static Ty),
}

/// A default value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scalar {
    /// A boolean.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A string.
    Str(&'static str),
}

impl Field {
    /// The object type that the field holds.
    pub fn object(&self) -> Option<&'static TypeDef> {
        match self.ty {
            Ty::Object(ty) => Some(ty),
            _ => None,
        }
    }
}

impl TypeDef {
    /// A type with these fields, which are sorted by name.
    pub const fn new(name: &'static str, fields: &'static [Field]) -> TypeDef {
        TypeDef { name, fields, open: false, index: OnceLock::new() }
    }

    /// A type with these fields, which are sorted by name, and any others.
    pub const fn open(name: &'static str, fields: &'static [Field]) -> TypeDef {
        TypeDef { name, fields, open: true, index: OnceLock::new() }
    }

    /// The field of this JSON name.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.get(self.place(name)?)
    }

    /// The object type at the end of a path of fields.
    pub fn at(&'static self, path: &[&str]) -> Option<&'static TypeDef> {
        path.iter().try_fold(self, |ty, field| ty.field(field)?.object())
    }

    /// Where objects of this type have their pod; `None` where they have none.
    pub fn pod(&'static self) -> Option<&'static PodPath> {
        self.index().pod
    }

    /// The place of the field of this JSON name among the fields.
    pub(crate) fn place(&self, name: &str) -> Option<usize> {
        self.fields.binary_search_by(|field| field.name.cmp(name)).ok()
    }

    /// What the engine looks up for the type.
    pub(crate) fn index(&'static self) -> &'static OfType {
        self.index.get_or_init(|| OfType::new(self))
    }

    /// The field of this name in Rust's spelling.
    pub fn field_by_snake(&self, snake: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.snake == snake)
    }

    /// The last part of the name, as the API reference titles the type: `Container`.
    pub fn title(&self) -> &'static str {
        self.name.rsplit('.').next().unwrap_or(self.name)
    }
}

// Types refer to each other in circles, so the derived form would never end.
impl fmt::Debug for TypeDef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TypeDef").field(&self.name).finish()
    }
}

impl PartialEq for TypeDef {
    fn eq(&self, other: &TypeDef) -> bool {
        std::ptr::eq(self, other)
    }
}

/// The kind with this `apiVersion` and `kind`.
pub fn kind(api_version: &str, kind: &str) -> Option<&'static Kind> {
    let (group, version) = api_version.rsplit_once('/').unwrap_or(("", api_version));
    KINDS.iter().copied().find(|k| k.kind == kind && k.version == version && k.group == group)
}

/// The kind of this name in Rust's spelling: `stateful_set`. Of several versions the newest is
/// meant; of several groups one that isn't the core group, which has the older form.
pub fn kind_by_snake(snake: &str) -> Option<&'static Kind> {
    KINDS
        .iter()
        .copied()
        .filter(|kind| kind.snake == snake)
        .max_by_key(|kind| (kind.group, kind.version))
}

/// The type of this name: `api.core.v1.Container`.
pub fn type_def(name: &str) -> Option<&'static TypeDef> {
    let index = TYPES.binary_search_by(|ty| ty.name.cmp(name)).ok()?;
    TYPES.get(index).copied()
}
