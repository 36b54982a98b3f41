//! YAML and JSON text as the tree that the engine checks, with the place of every node.
//!
//! Reads what Kubernetes' own tools read: YAML 1.1 scalars, anchors, aliases, merge keys. A key that
//! stands twice stays there twice. Must not know Kubernetes.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use reactbin_check::wire::Position;
use reactbin_check::{Entry, NodeId, Tree, Value};
use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span, StrInput, Tag};

use crate::scalar::{Scalar, resolve, whole};

/// How deep lists and maps may stand in each other.
pub const MAX_DEPTH: usize = 250;
/// How many values a document may have, those that aliases repeat counted again.
pub const MAX_NODES: usize = 1_000_000;

/// Why a document can't be read.
#[derive(Debug, PartialEq)]
pub struct Unreadable {
    /// The rule that the document breaks: `invalid_yaml` or `document_too_large`.
    pub rule: &'static str,
    /// What is wrong.
    pub message: String,
    /// Where.
    pub position: Position,
}

/// A tree and the places of its nodes; kept from one document to the next for its memory.
#[derive(Default)]
pub struct Reader {
    /// The values of the document.
    pub tree: Tree,
    /// Where each node stands, by [`NodeId::index`].
    pub places: Vec<Position>,
    /// The nodes of open lists and maps that aren't in them yet; keys and values by turns.
    pending: Vec<NodeId>,
    open: Vec<Open>,
    anchors: HashMap<usize, NodeId>,
    entries: Vec<Entry>,
    json: bool,
}

/// A list or map whose end isn't reached.
struct Open {
    kind: OpenKind,
    /// Where its nodes begin among the pending ones.
    start: usize,
    anchor: usize,
    place: Position,
}

#[derive(Clone, Copy, PartialEq)]
enum OpenKind {
    List,
    Map,
    /// A map with a merge key.
    Merging,
}

/// The documents of a text that has no more than a few, one after the other.
pub struct Events<'t> {
    parser: Parser<'t, StrInput<'t>>,
    before: u32,
}

impl<'t> Events<'t> {
    /// `before` lines stand above the text in its file.
    pub fn new(text: &'t str, before: u32) -> Events<'t> {
        Events { parser: Parser::new_from_str(text), before }
    }

    fn next(&mut self) -> Result<Option<(Event<'t>, Position)>, Unreadable> {
        match self.parser.next_event() {
            None | Some(Ok((Event::StreamEnd, _))) => Ok(None),
            Some(Ok((event, span))) => Ok(Some((event, self.position(span)))),
            Some(Err(error)) => {
                let position = self.position(Span::empty(*error.marker()));
                // The parser looks ahead, and has a limit of its own that is a little higher.
                if error.info() == "recursion limit exceeded" {
                    return Err(too_deep(position));
                }
                Err(invalid(position, format!("not YAML: {}", error.info())))
            }
        }
    }

    fn position(&self, span: Span) -> Position {
        let line = |marker: &Marker| self.before.saturating_add(marker.line() as u32);
        let column = |marker: &Marker| (marker.col() as u32).saturating_add(1);
        let (line, column, end_line, end_column) =
            (line(&span.start), column(&span.start), line(&span.end), column(&span.end));
        if end_line == line {
            return Position { line, column, end_line, end_column: end_column.max(column) };
        }
        // Of a text of several lines the first character is enough.
        Position { line, column, end_line: line, end_column: column.saturating_add(1) }
    }
}

fn invalid(position: Position, message: impl Into<String>) -> Unreadable {
    Unreadable { rule: "invalid_yaml", message: message.into(), position }
}

fn too_large(position: Position, message: String) -> Unreadable {
    Unreadable { rule: "document_too_large", message, position }
}

impl Reader {
    /// Reads the next document into the tree; `None` at the end of the text.
    ///
    /// In a document in JSON, `1.0` isn't an integer, as it is in YAML.
    ///
    /// # Errors
    /// Why the document can't be read; what follows it in the text is left unread.
    pub fn read(
        &mut self,
        events: &mut Events<'_>,
        json: bool,
    ) -> Result<Option<NodeId>, Unreadable> {
        self.tree.clear();
        self.places.clear();
        self.pending.clear();
        self.open.clear();
        self.anchors.clear();
        self.json = json;
        while let Some((event, place)) = events.next()? {
            match event {
                Event::DocumentEnd => break,
                Event::StreamStart | Event::DocumentStart(_) => {}
                event => self.event(event, place)?,
            }
            if self.tree.len() > MAX_NODES {
                return Err(self.too_many(place));
            }
        }
        Ok(self.pending.pop())
    }

    /// Whether a document has nothing in it: no value, or a `null`.
    pub fn is_empty(&self, root: NodeId) -> bool {
        self.tree.len() == 1 && matches!(self.tree.get(root), Value::Null)
    }

    fn too_many(&self, place: Position) -> Unreadable {
        too_large(place, format!("the document has more than {MAX_NODES} values, aliases included"))
    }

    fn event(&mut self, event: Event<'_>, place: Position) -> Result<(), Unreadable> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.scalar(&text, style, anchor, tag, place)
            }
            Event::SequenceStart(anchor, _) => self.start(OpenKind::List, anchor, place),
            Event::MappingStart(anchor, _) => self.start(OpenKind::Map, anchor, place),
            Event::SequenceEnd | Event::MappingEnd => self.end(),
            Event::Alias(anchor) => self.alias(anchor, place),
            _ => Ok(()),
        }
    }

    /// Whether the next node is a key.
    fn at_key(&self) -> bool {
        self.open.last().is_some_and(|open| {
            open.kind != OpenKind::List && (self.pending.len() - open.start).is_multiple_of(2)
        })
    }

    fn add(&mut self, node: NodeId, anchor: usize, place: Position) {
        self.places.push(place);
        self.pending.push(node);
        if anchor != 0 {
            self.anchors.insert(anchor, node);
        }
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<Cow<'_, Tag>>,
        place: Position,
    ) -> Result<(), Unreadable> {
        let plain = style == ScalarStyle::Plain;
        let value = match tag {
            None if plain => resolve(text),
            None => Scalar::Str(text),
            Some(tag) => match tagged(&tag, text, place)? {
                Some(value) => value,
                None => {
                    let node = self.tree.push_unknown();
                    self.add(node, anchor, place);
                    return Ok(());
                }
            },
        };
        let node = if self.at_key() {
            if let Some(open) = self.open.last_mut().filter(|_| plain && text == "<<") {
                open.kind = OpenKind::Merging;
            }
            self.push_key(value, place)?
        } else {
            self.push_value(value)
        };
        self.add(node, anchor, place);
        Ok(())
    }

    /// A key as JSON has it: always a string.
    fn push_key(&mut self, key: Scalar<'_>, place: Position) -> Result<NodeId, Unreadable> {
        Ok(match key {
            Scalar::Str(text) => self.tree.push_str(text),
            Scalar::Bool(value) => self.tree.push_str(if value { "true" } else { "false" }),
            Scalar::Int(number) => self.tree.push_str(&number.to_string()),
            Scalar::Float(number) => self.tree.push_str(&(number as f32).to_string()),
            Scalar::Null => return Err(invalid(place, "a key can't be null")),
        })
    }

    fn push_value(&mut self, value: Scalar<'_>) -> NodeId {
        match value {
            Scalar::Null => self.tree.push_null(),
            Scalar::Bool(value) => self.tree.push_bool(value),
            Scalar::Int(number) => self.tree.push_int(number),
            Scalar::Float(number) => match whole(number).filter(|_| !self.json) {
                Some(number) => self.tree.push_int(number),
                None => self.tree.push_float(number),
            },
            Scalar::Str(text) => self.tree.push_str(text),
        }
    }

    fn start(&mut self, kind: OpenKind, anchor: usize, place: Position) -> Result<(), Unreadable> {
        if self.at_key() {
            return Err(invalid(place, "a key must be a text"));
        }
        if self.open.len() >= MAX_DEPTH {
            return Err(too_deep(place));
        }
        self.open.push(Open { kind, start: self.pending.len(), anchor, place });
        Ok(())
    }

    fn end(&mut self) -> Result<(), Unreadable> {
        let Some(Open { kind, start, anchor, place }) = self.open.pop() else { return Ok(()) };
        if kind == OpenKind::List {
            let node = self.tree.push_list(&self.pending[start..]);
            self.pending.truncate(start);
            self.add(node, anchor, place);
            return Ok(());
        }
        let pairs = self.pending[start..].as_chunks::<2>().0;
        self.entries.clear();
        self.entries.extend(pairs.iter().map(|[key, value]| Entry { key: *key, value: *value }));
        self.pending.truncate(start);
        if kind == OpenKind::Merging {
            self.merge()?;
        }
        let node = self.tree.push_map(&self.entries);
        self.add(node, anchor, place);
        Ok(())
    }

    /// Puts what merge keys stand for in their place. A key of the map itself wins, then that of
    /// an earlier map.
    fn merge(&mut self) -> Result<(), Unreadable> {
        let tree = &self.tree;
        let is_merge = |entry: &Entry| tree.str(entry.key) == "<<";
        let own = self.entries.iter().filter(|entry| !is_merge(entry));
        let mut seen: HashSet<&str> = own.map(|entry| tree.str(entry.key)).collect();
        let mut merged = Vec::with_capacity(self.entries.len());
        for entry in &self.entries {
            if !is_merge(entry) {
                merged.push(*entry);
                continue;
            }
            let maps = match tree.get(entry.value) {
                Value::List(items) => items,
                _ => std::slice::from_ref(&entry.value),
            };
            for map in maps {
                let Value::Map(entries) = tree.get(*map) else {
                    let place = self.places[entry.key.index()];
                    return Err(invalid(place, "`<<` takes a map, or a list of maps"));
                };
                merged.extend(entries.iter().filter(|entry| seen.insert(tree.str(entry.key))));
            }
        }
        self.entries = merged;
        Ok(())
    }

    fn alias(&mut self, anchor: usize, place: Position) -> Result<(), Unreadable> {
        let Some(node) = self.anchors.get(&anchor).copied() else {
            return Err(invalid(place, "the alias stands for a value that it is a part of"));
        };
        if self.at_key() {
            if matches!(self.tree.get(node), Value::Map(_) | Value::List(_)) {
                return Err(invalid(place, "a key must be a text"));
            }
            let text = match self.tree.get(node) {
                Value::Str(text) => text.to_owned(),
                Value::Bool(value) => value.to_string(),
                Value::Int(number) => number.to_string(),
                _ => return Err(invalid(place, "a key must be a text")),
            };
            let key = self.tree.push_str(&text);
            self.add(key, 0, place);
            return Ok(());
        }
        let copy = self.copy(node, self.open.len(), place)?;
        self.pending.push(copy);
        Ok(())
    }

    /// Repeats a node, so that what is wrong in one of its places is not wrong in the other.
    fn copy(&mut self, node: NodeId, depth: usize, alias: Position) -> Result<NodeId, Unreadable> {
        if depth > MAX_DEPTH {
            return Err(too_deep(alias));
        }
        if self.tree.len() > MAX_NODES {
            return Err(self.too_many(alias));
        }
        let copy = match self.tree.get(node) {
            Value::List(items) => {
                let mut items = items.to_vec();
                for item in &mut items {
                    *item = self.copy(*item, depth + 1, alias)?;
                }
                self.tree.push_list(&items)
            }
            Value::Map(entries) => {
                let mut entries = entries.to_vec();
                for entry in &mut entries {
                    entry.key = self.copy(entry.key, depth + 1, alias)?;
                    entry.value = self.copy(entry.value, depth + 1, alias)?;
                }
                self.tree.push_map(&entries)
            }
            _ => self.tree.push_again(node),
        };
        self.places.push(self.places[node.index()]);
        Ok(copy)
    }
}

/// Writes the pairs of `\u` escapes, in which JSON has the characters beyond the 16th bit, as the one
/// escape that YAML has for them. What follows in the line moves to the left.
pub fn join_surrogates(json: &str) -> Cow<'_, str> {
    if !json.contains("\\ud") && !json.contains("\\uD") {
        return Cow::Borrowed(json);
    }
    let mut joined = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        joined.push_str(before);
        let unit = |at: usize| match escape.get(at..at + 6)?.strip_prefix("\\u") {
            Some(digits) => u16::from_str_radix(digits, 16).ok(),
            None => None,
        };
        let pair = unit(0).zip(unit(6)).and_then(|(high, low)| {
            char::decode_utf16([high, low]).next()?.ok().filter(|c| c.len_utf16() == 2)
        });
        if let Some(pair) = pair {
            joined.push_str(&format!("\\U{:08X}", u32::from(pair)));
            rest = &escape[12..];
        } else {
            // The character behind the backslash may be another one.
            let end = escape.char_indices().nth(2).map_or(escape.len(), |(at, _)| at);
            joined.push_str(&escape[..end]);
            rest = &escape[end..];
        }
    }
    joined.push_str(rest);
    Cow::Owned(joined)
}

fn too_deep(place: Position) -> Unreadable {
    too_large(place, format!("lists and maps stand more than {MAX_DEPTH} deep in each other"))
}

/// The value of a scalar with a tag; `None` for one that nothing can be said of.
fn tagged<'t>(tag: &Tag, text: &'t str, place: Position) -> Result<Option<Scalar<'t>>, Unreadable> {
    // Kubernetes' tools take no notice of a tag that YAML doesn't have.
    if !tag.is_yaml_core_schema() {
        return Ok(Some(Scalar::Str(text)));
    }
    let value = match (tag.suffix.as_str(), resolve(text)) {
        ("binary", _) => return Ok(None),
        ("float", Scalar::Int(number)) => Scalar::Float(number as f64),
        ("int", value @ Scalar::Int(_))
        | ("float", value @ Scalar::Float(_))
        | ("bool", value @ Scalar::Bool(_))
        | ("null", value @ Scalar::Null) => value,
        ("int" | "float" | "bool" | "null", _) => {
            return Err(invalid(place, format!("`{text}` isn't of the type `!!{}`", tag.suffix)));
        }
        _ => Scalar::Str(text),
    };
    Ok(Some(value))
}
