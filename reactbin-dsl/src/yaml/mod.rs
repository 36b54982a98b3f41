//! Writes a value tree as a YAML document that every reader of Kubernetes manifests reads alike.
//!
//! Must not know Kubernetes beyond the customary order of a few keys, nor what the values mean:
//! how a scalar is spelled is `scalar`'s business, how a comment is laid out `comment`'s.
//!
//! No line is longer than 80 columns, except for a single word (a digest, a URL) that has
//! nowhere to break; yamllint's preset `relaxed` permits exactly that.

use std::collections::BTreeMap;

use reactbin_check::tree::{Entry, NodeId, Tree, Value};

mod comment;
mod scalar;

/// How many columns a line may have: what yamllint's preset `relaxed` allows.
const WIDTH: usize = 80;

/// Keys that come first in the object itself, in this order; the others keep the author's order.
const ROOT_FIRST: &[&str] = &["apiVersion", "kind", "metadata", "spec"];
/// The same for the object's `metadata`.
const METADATA_FIRST: &[&str] = &["name", "namespace"];
/// The same for a map that is an item of a list.
const ITEM_FIRST: &[&str] = &["name"];

/// Comments by the node they belong to: for a map's entry that is its key node, for a list's item
/// the item itself.
///
/// A comment may hold anything: it is broken into lines of its own, and what can't stand in YAML
/// is replaced by U+FFFD. Indentation that all strings of a comment share is taken off.
#[derive(Clone, Debug, Default)]
pub struct Comments {
    /// At the head of the document, each string on lines of its own.
    pub head: Vec<String>,
    /// Above the entry or item, each string on lines of its own.
    pub above: BTreeMap<NodeId, Vec<String>>,
    /// Behind the value, on its line; above the entry or item if the value isn't a scalar of one
    /// line or the comment doesn't fit.
    pub behind: BTreeMap<NodeId, String>,
}

/// Appends one YAML document, without `---` and ending in a newline.
///
/// `out` must be empty or end in a newline. An entry whose value is null is left out, which is
/// what null means to Kubernetes; an unknown value, which nobody should write, becomes null.
pub fn write_document(out: &mut String, tree: &Tree, root: NodeId, comments: &Comments) {
    comment::write(out, &comments.head, 0);
    let mut writer = Writer { out, tree, comments };
    let slot = Slot { indent: 0, first: ROOT_FIRST, last: true };
    match tree.get(root) {
        Value::Map(entries) if has_entries(tree, entries) => writer.map(entries, slot, false),
        Value::List(items) if !items.is_empty() => writer.list(items, slot, false),
        Value::Str(text) => {
            writer.out.push_str(&scalar::inline(text));
            writer.out.push('\n');
        }
        value => {
            writer.out.push_str(&one_word(value));
            writer.out.push('\n');
        }
    }
}

struct Writer<'a> {
    out: &'a mut String,
    tree: &'a Tree,
    comments: &'a Comments,
}

/// Where a node stands.
#[derive(Clone, Copy)]
struct Slot {
    /// The column of a map's keys or a list's dashes; what belongs to them stands further right.
    indent: usize,
    /// The keys that come first if the node is a map.
    first: &'static [&'static str],
    /// Whether nothing comes behind it in the document.
    last: bool,
}

impl Writer<'_> {
    /// Writes a map's entries; the first one on the current line if that is a list's dash.
    fn map(&mut self, entries: &[Entry], slot: Slot, behind_dash: bool) {
        let entries = in_order(self.tree, entries, slot.first);
        for (index, entry) in entries.iter().enumerate() {
            if index > 0 || !behind_dash {
                self.indent(slot.indent);
            }
            let is_metadata = slot.first == ROOT_FIRST && self.tree.str(entry.key) == "metadata";
            let first = if is_metadata { METADATA_FIRST } else { &[] };
            let last = slot.last && index + 1 == entries.len();
            self.entry(*entry, Slot { first, last, ..slot });
        }
    }

    fn entry(&mut self, entry: Entry, slot: Slot) {
        self.comment_above(entry.key);
        let key = self.tree.str(entry.key);
        if let Some(key) = scalar::key(key, self.place(slot)) {
            self.out.push_str(&key);
            self.out.push(':');
            self.value(entry.value, Some(entry.key), slot, false);
        } else {
            self.behind_above(Some(entry.key));
            self.out.push_str("? ");
            self.out.push_str(&scalar::quoted_lines(key, self.place(slot)));
            self.out.push('\n');
            self.indent(slot.indent);
            self.out.push(':');
            self.value(entry.value, None, slot, false);
        }
    }

    /// Writes a list's items; the first one on the current line if that is an outer list's dash.
    fn list(&mut self, items: &[NodeId], slot: Slot, behind_dash: bool) {
        for (index, item) in items.iter().enumerate() {
            if index > 0 || !behind_dash {
                self.indent(slot.indent);
            }
            self.comment_above(*item);
            self.out.push('-');
            let last = slot.last && index + 1 == items.len();
            self.value(*item, Some(*item), Slot { first: ITEM_FIRST, last, ..slot }, true);
        }
    }

    /// Writes a value behind the `key:` or `-` that the current line ends in; `anchor` is the node
    /// that the comment behind it belongs to.
    fn value(&mut self, id: NodeId, anchor: Option<NodeId>, slot: Slot, behind_dash: bool) {
        let inner = Slot { indent: slot.indent + 2, ..slot };
        let value = self.tree.get(id);
        let opens_block = match value {
            Value::Map(entries) => has_entries(self.tree, entries),
            Value::List(items) => !items.is_empty(),
            _ => false,
        };
        if opens_block {
            self.behind_above(anchor);
            self.out.push(if behind_dash { ' ' } else { '\n' });
        } else {
            self.before_scalar(slot);
        }
        match value {
            Value::Map(entries) if opens_block => self.map(entries, inner, behind_dash),
            Value::List(items) if opens_block => self.list(items, inner, behind_dash),
            Value::Str(text) => {
                let text = scalar::text(text, self.place(slot));
                self.scalar(&text, anchor);
            }
            value => self.scalar(&one_word(value), anchor),
        }
    }

    /// Where a string would stand at the end of the current line.
    fn place(&self, slot: Slot) -> scalar::Place {
        let line = self.out[self.line_start()..].trim();
        scalar::Place {
            indent: slot.indent + 2,
            column: self.column(),
            // Where yamllint takes it for a word that can't be broken, and lets it overflow.
            word_may_overflow: ["", "-"].contains(&line) || (line.ends_with(':') && line != ":"),
            last: slot.last,
        }
    }

    /// Goes to where a scalar starts: behind the dash or colon, or on the next line if there is
    /// no room for the smallest one, `[]` or the start of a quoted one.
    fn before_scalar(&mut self, slot: Slot) {
        if self.column() + 3 <= WIDTH {
            self.out.push(' ');
        } else {
            self.out.push('\n');
            self.indent(slot.indent + 2);
        }
    }

    /// Writes a scalar with its comment and ends the line.
    fn scalar(&mut self, text: &str, anchor: Option<NodeId>) {
        let comment = anchor
            .and_then(|anchor| self.comments.behind.get(&anchor))
            .and_then(|comment| comment::in_one_line(comment))
            .map(|comment| format!("  # {comment}"))
            .filter(|comment| {
                let width = self.column() + text.chars().count() + comment.chars().count();
                !text.contains('\n') && width <= WIDTH
            });
        if comment.is_none() {
            self.behind_above(anchor);
        }
        self.out.push_str(text);
        self.out.push_str(&comment.unwrap_or_default());
        self.out.push('\n');
    }

    fn comment_above(&mut self, anchor: NodeId) {
        if let Some(paragraphs) = self.comments.above.get(&anchor) {
            self.insert_comment(paragraphs);
        }
    }

    fn behind_above(&mut self, anchor: Option<NodeId>) {
        let text = anchor.and_then(|anchor| self.comments.behind.get(&anchor));
        if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
            self.insert_comment(std::slice::from_ref(text));
        }
    }

    /// Puts a comment above the line that is being written, at that line's indentation: a list
    /// item's first entry shares its line with the dash, so the comment goes above the dash.
    fn insert_comment(&mut self, paragraphs: &[String]) {
        let start = self.line_start();
        let line = &self.out[start..];
        let indent = line.len() - line.trim_start_matches(' ').len();
        let mut comment = String::new();
        comment::write(&mut comment, paragraphs, indent);
        self.out.insert_str(start, &comment);
    }

    fn indent(&mut self, columns: usize) {
        self.out.extend(std::iter::repeat_n(' ', columns));
    }

    fn line_start(&self) -> usize {
        self.out.rfind('\n').map_or(0, |newline| newline + 1)
    }

    fn column(&self) -> usize {
        self.out[self.line_start()..].chars().count()
    }
}

/// The spelling of any value but a string and what has entries or items.
fn one_word(value: Value<'_>) -> String {
    match value {
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Float(value) => scalar::float(value),
        Value::List(_) => "[]".to_owned(),
        Value::Map(_) => "{}".to_owned(),
        Value::Null | Value::Str(_) => "null".to_owned(),
        Value::Unknown => {
            debug_assert!(false, "an unknown value reached the YAML writer");
            "null".to_owned()
        }
    }
}

fn is_written(tree: &Tree, entry: &Entry) -> bool {
    !matches!(tree.get(entry.value), Value::Null)
}

fn has_entries(tree: &Tree, entries: &[Entry]) -> bool {
    entries.iter().any(|entry| is_written(tree, entry))
}

/// The entries that are written, those of `first` at the front.
fn in_order(tree: &Tree, entries: &[Entry], first: &[&str]) -> Vec<Entry> {
    let mut entries: Vec<Entry> =
        entries.iter().copied().filter(|entry| is_written(tree, entry)).collect();
    entries.sort_by_key(|entry| {
        let key = tree.str(entry.key);
        first.iter().position(|name| *name == key).unwrap_or(first.len())
    });
    entries
}

/// Fills lines of at most `width` columns with words; a longer word has a line of its own.
fn fill<'t>(words: impl Iterator<Item = &'t str>, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests;
