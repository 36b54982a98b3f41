//! The errors of one declaration, collected and turned into `compile_error!`s at their tokens.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote_spanned;

use reactbin_check::formats::{Format, Violation};

use crate::spot::Spot;
use crate::syntax::Key;

/// One error.
#[derive(Debug)]
pub(crate) struct Error {
    pub(crate) spot: Spot,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
    pub(crate) notes: Vec<String>,
}

impl Error {
    pub(crate) fn help(&mut self, help: impl Into<String>) -> &mut Error {
        self.help = Some(help.into());
        self
    }

    pub(crate) fn note(&mut self, note: impl Into<String>) -> &mut Error {
        self.notes.push(note.into());
        self
    }

    fn text(&self) -> String {
        let mut text = self.message.clone();
        let help = self.help.iter().map(|line| ("help", line));
        for (label, line) in help.chain(self.notes.iter().map(|line| ("note", line))) {
            text.push_str(&format!("\n{label}: {line}"));
        }
        text
    }

    /// A `compile_error!` whose tokens all come from the author's, so that rustc underlines them
    /// and names no macro.
    fn to_tokens(&self) -> TokenStream {
        let text = self.text();
        let head = quote_spanned!(self.spot.start=> ::core::compile_error!);
        let mut body = proc_macro2::Group::new(
            proc_macro2::Delimiter::Brace,
            quote_spanned!(self.spot.end=> #text),
        );
        body.set_span(self.spot.end);
        head.into_iter().chain([TokenTree::Group(body)]).collect()
    }
}

/// A text as the author would write it where something else stands now: in quotes if that is, or if
/// it isn't one token, and a name with `_` for `-`.
pub(crate) fn spelt(text: &str, now: Spot) -> String {
    let source = now.start.source_text().unwrap_or_default();
    let name = text.replace('-', "_");
    if source.starts_with('"') {
        format!("`\"{text}\"`")
    } else if text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'%')) {
        format!("`{text}`")
    } else if source.contains('_') && syn::parse_str::<syn::Ident>(&name).is_ok() {
        format!("`{name}`")
    } else {
        format!("`\"{text}\"`")
    }
}

/// The errors so far.
#[derive(Debug, Default)]
pub(crate) struct Errors(Vec<Error>);

impl Errors {
    /// An error about a text, with what to write instead.
    pub(crate) fn invalid(&mut self, spot: Spot, format: Format, violation: Violation) {
        let help = match violation.fixed {
            Some(fixed) => format!("use {}", spelt(&fixed, spot)),
            None => format!("write {}", format.describe()),
        };
        self.push(spot, violation.message).help(help);
    }

    pub(crate) fn push(&mut self, spot: Spot, message: impl Into<String>) -> &mut Error {
        self.0.push(Error { spot, message: message.into(), help: None, notes: Vec::new() });
        let last = self.0.len() - 1;
        &mut self.0[last]
    }

    /// Takes back what was said of a value, of which something better is said.
    pub(crate) fn retract(&mut self, spot: Spot) {
        let place = |spot: Spot| (spot.start.start().line, spot.start.start().column);
        self.0.retain(|error| place(error.spot) != place(spot));
    }

    /// A key that stands a second time.
    pub(crate) fn twice(&mut self, key: &Key, first: &Key) {
        let line = first.spot.start.start().line;
        self.push(key.spot, format!("`{}` is given twice", key.text))
            .help("remove one of them")
            .note(format!("first given in line {line}"));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// In the order of the source.
    pub(crate) fn to_tokens(&self) -> TokenStream {
        let mut sorted: Vec<&Error> = self.0.iter().collect();
        sorted.sort_by_key(|error| {
            let start = error.spot.start.start();
            (start.line, start.column)
        });
        sorted.into_iter().map(Error::to_tokens).collect()
    }

    #[cfg(test)]
    pub(crate) fn texts(&self) -> Vec<String> {
        self.0.iter().map(Error::text).collect()
    }
}
