//! What the engine has to say of an object.
//!
//! Findings stay structured until the last layer: the macros turn a node into a span, the build
//! script into file, line and column, the command line into a YAML position.

use crate::lints::Level;
use crate::tree::NodeId;

/// One thing that is wrong, at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The id of the rule, as the rule table has it.
    pub rule: &'static str,
    /// Whether the object is refused for it.
    pub severity: Severity,
    /// The level of a lint; `None` for a rule of the API server, which always holds.
    pub level: Option<Level>,
    /// The API server's class of error.
    pub reason: Reason,
    /// The node it is about: a key where `at` is [`At::Key`], else a value.
    pub node: NodeId,
    /// What of the node to point at.
    pub at: At,
    /// The field path in the API's own spelling: `spec.template.spec.containers[0].image`.
    pub path: String,
    /// What is wrong: lower-case start, no final period, code in backticks.
    pub message: String,
    /// What to write instead, in words that can be followed literally.
    pub help: Option<String>,
    /// Whether the help is to put the value in quotes. It shows the value, which may have been written
    /// otherwise, as `1.10` or `0644`: [`Finding::quote`] says it for what stands in the source.
    pub quotes: bool,
    /// Another place that matters, and what is there: "first used here". It ends so, since a macro
    /// says the line instead.
    pub related: Option<(NodeId, String)>,
}

/// What of a node to point at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// The key itself.
    Key,
    /// The value.
    Value,
    /// The block that lacks something: its name, or the brace that ends it.
    Block,
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Accepted by the API server, and likely not what is meant.
    Warning,
    /// Refused.
    Error,
}

/// The API server's classes of error (`field.ErrorType` in apimachinery), and the decoder's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A field that must be there isn't, or is empty.
    Required,
    /// A value that its field can't have.
    Invalid,
    /// Not one of a closed set of values.
    NotSupported,
    /// A field or value that may not be there.
    Forbidden,
    /// A second value where each must be its own.
    Duplicate,
    /// A name that stands for nothing in the object.
    NotFound,
    /// A value that is too long.
    TooLong,
    /// A list with too many items.
    TooMany,
    /// Not of the field's type: what a strict decoder refuses.
    TypeInvalid,
    /// A field that the type doesn't have.
    UnknownField,
}

impl Reason {
    /// The word that the API server uses in `causes[].reason`; `UnknownField` for what its strict
    /// decoder refuses without a cause.
    pub fn name(self) -> &'static str {
        match self {
            Reason::Required => "FieldValueRequired",
            Reason::Invalid => "FieldValueInvalid",
            Reason::NotSupported => "FieldValueNotSupported",
            Reason::Forbidden => "FieldValueForbidden",
            Reason::Duplicate => "FieldValueDuplicate",
            Reason::NotFound => "FieldValueNotFound",
            Reason::TooLong => "FieldValueTooLong",
            Reason::TooMany => "FieldValueTooMany",
            Reason::TypeInvalid => "FieldValueTypeInvalid",
            Reason::UnknownField => "UnknownField",
        }
    }
}

impl Finding {
    /// Whether an author who reads the one learns nothing from the other. Two lints find the same
    /// where one of them may be waived; what is left of that is told once.
    pub fn says_the_same(&self, other: &Finding) -> bool {
        self.node == other.node && self.at == other.at && self.message == other.message
    }

    /// Has the help quote the value as its source spells it, where it is to be quoted at all.
    pub fn quote(&mut self, source: &str) {
        if self.quotes {
            self.help = Some(quoting(source));
        }
    }

    /// Whether the finding can be waived: it is a lint's, and not forbidden.
    pub fn waivable(&self) -> bool {
        self.level.is_some_and(|level| level != Level::Forbid)
    }
}

/// The help to put a value in quotes.
pub fn quoting(source: &str) -> String {
    format!("write `\"{source}\"`")
}
