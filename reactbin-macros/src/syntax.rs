//! What the language's tokens are parsed into: entries and values, as they were written.

use proc_macro2::{Ident, TokenStream};
use reactbin_check::Level;

use crate::spot::Spot;

/// `key: value`, with what stands above it.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) above: Above,
    pub(crate) key: Key,
    pub(crate) value: Value,
}

/// Doc comments and attributes above an entry or an item.
#[derive(Clone, Debug, Default)]
pub(crate) struct Above {
    pub(crate) docs: Vec<String>,
    pub(crate) behind: Option<String>,
    pub(crate) waivers: Vec<Waiver>,
}

/// `#[allow(lint, reason = "…")]`, or another level for a lint.
#[derive(Clone, Debug)]
pub(crate) struct Waiver {
    pub(crate) rule: String,
    pub(crate) level: Level,
    pub(crate) reason: String,
    pub(crate) spot: Spot,
    /// Whether it is an error already: then it is none for another reason, too.
    pub(crate) faulty: bool,
}

/// A key: an identifier, or a string that says it exactly.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    pub(crate) text: String,
    pub(crate) quoted: bool,
    pub(crate) spot: Spot,
}

/// A value as it was written.
#[derive(Clone, Debug)]
pub(crate) struct Value {
    pub(crate) kind: ValueKind,
    pub(crate) spot: Spot,
}

#[derive(Clone, Debug)]
pub(crate) enum ValueKind {
    Bool(bool),
    Int(i64),
    Float(f64),
    Str(String),
    /// A number with a suffix, such as `10Gi`, `500m`, `1h30m`, `25%`.
    Suffixed(String),
    /// `api`, `crate::vault::api_env`.
    Path(Path),
    /// `api_env.DATABASE_URL`, `api.8000`: a part of an item.
    Part(Box<Value>, Key),
    /// `external("name")`.
    Call(Ident, Vec<Value>),
    /// `"reactbin-api:" + param(api_tag)`.
    Concat(Vec<Value>),
    List(Vec<Item>),
    Map(Vec<Entry>),
    /// `( any Rust expression )`, in its parentheses.
    Expr(TokenStream),
    /// Something that an error was reported for already.
    Wrong,
}

/// An item of a list.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) above: Above,
    pub(crate) value: Value,
}

/// A Rust path.
#[derive(Clone, Debug)]
pub(crate) struct Path {
    /// What stands before the last identifier, `crate::vault::`, if anything.
    pub(crate) prefix: TokenStream,
    pub(crate) last: Ident,
}

impl Path {
    /// The identifier, if the path is nothing else.
    pub(crate) fn ident(&self) -> Option<&Ident> {
        self.prefix.is_empty().then_some(&self.last)
    }
}

/// The text of an identifier, without `r#`.
pub(crate) fn ident_text(ident: &Ident) -> String {
    let text = ident.to_string();
    text.strip_prefix("r#").map(str::to_owned).unwrap_or(text)
}
