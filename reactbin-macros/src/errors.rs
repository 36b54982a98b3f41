//! The errors of one declaration, collected and turned into `compile_error!`s at their tokens.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote_spanned;

use crate::spot::Spot;

/// One error.
#[derive(Debug)]
pub(crate) struct Error {
    pub(crate) spot: Spot,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
    pub(crate) note: Option<String>,
}

impl Error {
    pub(crate) fn help(&mut self, help: impl Into<String>) -> &mut Error {
        self.help = Some(help.into());
        self
    }

    pub(crate) fn note(&mut self, note: impl Into<String>) -> &mut Error {
        self.note = Some(note.into());
        self
    }

    fn text(&self) -> String {
        let mut text = self.message.clone();
        for (label, line) in [("help", &self.help), ("note", &self.note)] {
            if let Some(line) = line {
                text.push_str(&format!("\n{label}: {line}"));
            }
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

/// The errors so far.
#[derive(Debug, Default)]
pub(crate) struct Errors(Vec<Error>);

impl Errors {
    pub(crate) fn push(&mut self, spot: Spot, message: impl Into<String>) -> &mut Error {
        self.0.push(Error { spot, message: message.into(), help: None, note: None });
        let last = self.0.len() - 1;
        &mut self.0[last]
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn to_tokens(&self) -> TokenStream {
        self.0.iter().map(Error::to_tokens).collect()
    }

    #[cfg(test)]
    pub(crate) fn texts(&self) -> Vec<String> {
        self.0.iter().map(Error::text).collect()
    }
}
