//! Stretches of source: where a value was written, from its first token to its last.

use proc_macro2::{LineColumn, Span, TokenStream, TokenTree};
use reactbin_check::wire::Position;

/// From the start of one token to the end of another. Joining spans needs a nightly compiler;
/// an error that has both ends underlines all between.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spot {
    pub(crate) start: Span,
    pub(crate) end: Span,
}

impl Spot {
    pub(crate) fn of(span: Span) -> Spot {
        Spot { start: span, end: span }
    }

    pub(crate) fn to(self, end: Spot) -> Spot {
        Spot { start: self.start, end: end.end }
    }

    /// The text of one token, or of two that stand together, as in `-1`.
    pub(crate) fn source(self) -> Option<String> {
        let first = self.start.source_text()?;
        let place = |at: LineColumn| (at.line, at.column);
        if place(self.start.start()) == place(self.end.start()) {
            return Some(first);
        }
        let adjacent = place(self.start.end()) == place(self.end.start());
        adjacent.then(|| self.end.source_text()).flatten().map(|second| first + &second)
    }

    pub(crate) fn of_tokens(tokens: &TokenStream, otherwise: Spot) -> Spot {
        let mut trees = tokens.clone().into_iter();
        let Some(first) = trees.next() else { return otherwise };
        let last = trees.last().unwrap_or_else(|| first.clone());
        Spot { start: open_of(&first), end: close_of(&last) }
    }

    /// The place in the file of `home`; `None` for tokens of another file, such as the body of a
    /// `macro_rules!` that lives elsewhere.
    pub(crate) fn position(self, home: &str) -> Option<Position> {
        if self.start.file() != home || self.end.file() != home {
            return None;
        }
        let (start, end) = (self.start.start(), self.end.end());
        Some(Position {
            line: start.line as u32,
            column: start.column as u32 + 1,
            end_line: end.line as u32,
            end_column: end.column as u32 + 1,
        })
    }
}

fn open_of(tree: &TokenTree) -> Span {
    match tree {
        TokenTree::Group(group) => group.span_open(),
        other => other.span(),
    }
}

fn close_of(tree: &TokenTree) -> Span {
    match tree {
        TokenTree::Group(group) => group.span_close(),
        other => other.span(),
    }
}
