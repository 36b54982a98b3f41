//! What a rule sees of an object, and how it reports.
//!
//! Everything here is three-valued: a field is absent, known, or unknown (a Rust expression that
//! a macro can't evaluate, or a value that is wrong already). Unknown never leads to a finding,
//! so that one mistake gives one error.

use std::collections::BTreeSet;

use crate::facts::{KINDS, Kind, Ty, TypeDef, overrides};
use crate::finding::{At, Finding, Reason, quoting};
use crate::formats::Format;
use crate::lints::{Level, Levels};
use crate::naming::Naming;
use crate::quantity::Quantity;
use crate::rules::Rule;
use crate::tree::{Entry, Keys, NodeId, Paths, Step, Tree, Value, push_key};

/// Where a finding stands.
#[derive(Clone, Copy, Debug)]
pub enum Place {
    /// At a value.
    Value(NodeId),
    /// At a key.
    Key(NodeId),
    /// At a block that lacks this field; `metadata.name` where it lacks the field's block too.
    Missing(NodeId, &'static str),
}

/// A finding whose path isn't worked out yet.
#[derive(Debug)]
pub struct Draft {
    rule: &'static Rule,
    level: Option<Level>,
    /// Whether it stays beside another that says the same, since either may be waived.
    pub(crate) alone: bool,
    reason: Reason,
    place: Place,
    message: String,
    help: Option<String>,
    quotes: bool,
    related: Option<(NodeId, String)>,
    path: Option<Place>,
    beneath: Vec<&'static str>,
}

impl Draft {
    pub(crate) fn new(
        rule: &'static Rule,
        reason: Reason,
        place: Place,
        message: impl Into<String>,
    ) -> Draft {
        Draft {
            rule,
            level: None,
            alone: false,
            reason,
            place,
            message: message.into(),
            help: None,
            quotes: false,
            related: None,
            path: None,
            beneath: Vec::new(),
        }
    }

    /// Says what to write instead.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Draft {
        self.help = Some(help.into());
        self
    }

    /// Says to put the value in quotes.
    pub(crate) fn quote(&mut self, value: &str) -> &mut Draft {
        self.quotes = true;
        self.help(quoting(value))
    }

    /// Points at another place that matters.
    pub fn related(&mut self, node: NodeId, what: impl Into<String>) -> &mut Draft {
        self.related = Some((node, what.into()));
        self
    }

    /// Names the field that the API server names, where the finding points at another one: at the
    /// token that is wrong rather than at the field that it makes wrong.
    pub fn path_of(&mut self, place: Place) -> &mut Draft {
        self.path = Some(place);
        self
    }

    /// The value that it is about; a key or what is missing is none.
    pub(crate) fn value(&self) -> Option<NodeId> {
        match self.place {
            Place::Value(node) => Some(node),
            Place::Key(_) | Place::Missing(..) => None,
        }
    }

    /// Whether it is a lint's, and an error.
    pub(crate) fn denies(&self) -> bool {
        self.level >= Some(Level::Deny)
    }

    /// Gives a finding of a lint its level; `false` if it isn't to be reported.
    pub(crate) fn weigh(&mut self, levels: &Levels) -> bool {
        if self.rule.waivable {
            self.level = Some(levels.get(self.rule.id));
        }
        self.level != Some(Level::Allow)
    }

    /// Names a field further down: the one for which the server misses the whole block.
    pub(crate) fn beneath(&mut self, fields: Vec<&'static str>) {
        self.beneath = fields;
    }
}

/// What is already known to be wrong, node by node.
#[derive(Clone, Debug, Default)]
pub(crate) struct Taint {
    wrong: Vec<bool>,
    /// Fields that a misspelt key was likely meant to be, with the object that it stands in.
    claimed: BTreeSet<(NodeId, &'static str)>,
}

impl Taint {
    /// Nothing is wrong.
    pub(crate) const NONE: &'static Taint = &Taint { wrong: Vec::new(), claimed: BTreeSet::new() };

    pub(crate) fn new(len: usize) -> Taint {
        Taint { wrong: vec![false; len], claimed: BTreeSet::new() }
    }

    pub(crate) fn mark(&mut self, node: NodeId) {
        self.wrong[node.index()] = true;
    }

    /// Marks nodes of a tree of this length.
    pub(crate) fn mark_all(&mut self, len: usize, nodes: impl Iterator<Item = NodeId>) {
        self.wrong.resize(len, false);
        nodes.for_each(|node| self.mark(node));
    }

    pub(crate) fn claim(&mut self, object: NodeId, field: &'static str) {
        self.claimed.insert((object, field));
    }

    /// A default taint, which no structure has filled, marks nothing.
    pub(crate) fn is_marked(&self, node: NodeId) -> bool {
        self.wrong.get(node.index()).copied().unwrap_or(false)
    }

    pub(crate) fn is_claimed(&self, object: NodeId, field: &str) -> bool {
        self.claimed.contains(&(object, field))
    }
}

/// The state of one check: the tree, what is wrong with it so far, and the findings.
#[derive(Debug)]
pub struct Cx<'t> {
    /// The tree that is checked.
    pub tree: &'t Tree,
    /// How field names are spelt in messages.
    pub naming: Naming,
    /// The kind of the object; `None` for a fragment such as an init container.
    pub kind: Option<&'static Kind>,
    /// The name of the kind, if the facts have it: a kind that somebody adds may have the name of
    /// a built-in one, and nothing else of it.
    pub kind_name: Option<&'static str>,
    /// Whether the object is all there: while its macro is expanded, the namespace may be missing
    /// that the application gives it.
    pub whole: bool,
    /// Whether lints look at what is wrong already as well: at fields that the server misses, too.
    pub raw: bool,
    pub(crate) root: NodeId,
    /// The rule that is running, and its level if it is a lint.
    pub(crate) rule: &'static Rule,
    pub(crate) level: Option<Level>,
    pub(crate) drafts: Vec<Draft>,
    pub(crate) taint: &'t Taint,
}

impl<'t> Cx<'t> {
    pub(crate) fn new(
        tree: &'t Tree,
        root: NodeId,
        taint: &'t Taint,
        naming: Naming,
        kind: Option<&'static Kind>,
        rule: &'static Rule,
        drafts: Vec<Draft>,
    ) -> Cx<'t> {
        let of_facts = |kind: &&Kind| KINDS.iter().any(|known| std::ptr::eq::<Kind>(*known, *kind));
        let kind_name = kind.filter(of_facts).map(|kind| kind.kind);
        let (whole, raw, level) = (true, false, None);
        Cx { tree, naming, kind, kind_name, whole, raw, root, rule, level, drafts, taint }
    }

    /// The whole object that is checked, or the fragment.
    pub fn root(&self) -> Option<Obj<'t>> {
        self.object(self.root)
    }

    /// Whether the object is of one of these kinds.
    pub fn is_kind(&self, kinds: &[&str]) -> bool {
        self.kind_name.is_some_and(|kind| kinds.contains(&kind))
    }

    /// A field's name as the author spells it, in backticks.
    pub fn f(&self, name: &str) -> String {
        self.naming.quote(name)
    }

    /// A field with a value as the author writes it, in backticks: `restart_policy: Always`.
    pub fn set(&self, name: &str, value: &str) -> String {
        format!("`{}: {value}`", self.naming.name(name))
    }

    /// The object at a node; `None` where the node isn't a map or is wrong already.
    pub fn object(&self, id: NodeId) -> Option<Obj<'t>> {
        Obj::of(self.tree, self.taint, id)
    }

    /// Reports a finding of the rule that is running.
    pub fn report(
        &mut self,
        reason: Reason,
        place: Place,
        message: impl Into<String>,
    ) -> &mut Draft {
        let draft = Draft::new(self.rule, reason, place, message);
        self.drafts.push(Draft { level: self.level, ..draft });
        let last = self.drafts.len() - 1;
        &mut self.drafts[last]
    }

    /// Reports a value that its field can't have.
    pub fn invalid(&mut self, node: Node<'_>, message: impl Into<String>) -> &mut Draft {
        self.report(Reason::Invalid, Place::Value(node.id), message)
    }

    /// Reports a known text that isn't of a format.
    pub fn check_format(&mut self, node: Node<'_>, format: Format) {
        self.check_text(node, node.str(), format);
    }

    /// Reports a known text that a value stands for, if it isn't of a format.
    pub fn check_text(
        &mut self,
        node: Node<'_>,
        text: Option<&str>,
        format: Format,
    ) -> Option<&mut Draft> {
        let violation = format.check(text?).err()?;
        let help = match violation.fixed {
            Some(fixed) => format!("use `{fixed}`"),
            None => format!("write {}", format.describe()),
        };
        Some(self.invalid(node, violation.message).help(help))
    }

    /// Reports a value that isn't one of a closed set.
    pub fn not_supported(&mut self, node: Node<'_>, message: impl Into<String>) -> &mut Draft {
        self.report(Reason::NotSupported, Place::Value(node.id), message)
    }

    /// Reports a second value where each must be its own, and names the first.
    pub fn duplicate(
        &mut self,
        node: Node<'_>,
        first: Node<'_>,
        message: impl Into<String>,
    ) -> &mut Draft {
        self.report(Reason::Duplicate, Place::Value(node.id), message)
            .help("change one of them")
            .related(first.id, "first used here")
    }

    /// Reports a field that may not be there, at its key.
    pub fn forbidden(
        &mut self,
        object: Obj<'_>,
        field: &str,
        message: impl Into<String>,
    ) -> &mut Draft {
        let place = object.key_place(field);
        self.report(Reason::Forbidden, place, message).help("leave it out")
    }

    /// Reports a field that must be there.
    pub fn required(
        &mut self,
        object: Obj<'_>,
        field: &'static str,
        message: impl Into<String>,
    ) -> &mut Draft {
        let help = format!("add `{}: …`", self.naming.name(field));
        let draft = self.report(Reason::Required, object.place(field), message);
        if field.is_empty() { draft } else { draft.help(help) }
    }
}

/// Turns drafts into findings in the order of the document.
pub(crate) fn finish(
    tree: &Tree,
    root: NodeId,
    ty: Option<&'static TypeDef>,
    drafts: Vec<Draft>,
) -> Vec<Finding> {
    if drafts.is_empty() {
        return Vec::new();
    }
    let paths = Paths::new(tree, root);
    let order = document_order(tree, root);
    let mut findings: Vec<(usize, bool, Finding)> = drafts
        .into_iter()
        .map(|draft| {
            let (node, at) = match draft.place {
                Place::Value(node) => (node, At::Value),
                Place::Key(node) => (node, At::Key),
                Place::Missing(node, _) => (node, At::Block),
            };
            let renamed = draft.path.is_none()
                && !matches!(draft.reason, Reason::TypeInvalid | Reason::UnknownField);
            let place = draft.path.unwrap_or(draft.place);
            let mut path = place_path(tree, &paths, ty, place, renamed);
            for field in draft.beneath {
                push_key(&mut path, field);
            }
            let finding = Finding {
                rule: draft.rule.id,
                severity: draft.level.map_or(draft.rule.severity, Level::severity),
                level: draft.level,
                reason: draft.reason,
                node,
                at,
                path,
                message: draft.message,
                help: draft.help,
                quotes: draft.quotes,
                related: draft.related,
            };
            (order[node.index()], draft.alone, finding)
        })
        .collect();
    findings.sort_by_key(|(order, ..)| *order);
    findings.dedup_by(|(_, b_alone, b), (_, a_alone, a)| {
        let both = (*a_alone || *b_alone) && a.rule != b.rule;
        !both && a.says_the_same(b)
    });
    findings.into_iter().map(|(.., finding)| finding).collect()
}

/// The path of a place as the API server writes it: a key of the author's choice stands in
/// brackets, whatever it looks like. With `renamed` it is that of the field which the server names
/// where the value is wrong.
fn place_path(
    tree: &Tree,
    paths: &Paths<'_>,
    ty: Option<&'static TypeDef>,
    place: Place,
    renamed: bool,
) -> String {
    let (node, field) = match place {
        Place::Value(node) | Place::Key(node) => (node, ""),
        Place::Missing(node, field) => (node, field),
    };
    let mut parts: Vec<String> = Vec::new();
    let mut at = ty.map(Ty::Object);
    let steps = paths.steps(node);
    let fields: Vec<&str> = field.split('.').filter(|part| !part.is_empty()).collect();
    let count = steps.len() + fields.len();
    let field_step = |parts: &mut Vec<String>, at: Option<Ty>, name: &str, last: bool| {
        let Some(Ty::Object(ty)) = at else {
            parts.push(name.to_owned());
            return None;
        };
        match overrides::paths::renamed(ty.name, name, last).filter(|_| renamed) {
            Some(other) => {
                parts.truncate((parts.len() + 1).saturating_sub(other.up));
                parts.push(other.name.to_owned());
            }
            None => parts.push(name.to_owned()),
        }
        ty.field(name).map(|field| field.ty)
    };
    for (index, step) in steps.into_iter().enumerate() {
        at = match (step, at) {
            (Step::Index(index), at) => {
                parts.push(format!("[{index}]"));
                match at {
                    Some(Ty::List(item)) => Some(*item),
                    _ => None,
                }
            }
            (Step::Key(key), Some(Ty::Map(item))) => {
                parts.push(format!("[{}]", tree.str(key)));
                Some(*item)
            }
            (Step::Key(key), at) => field_step(&mut parts, at, tree.str(key), index + 1 == count),
        };
    }
    for (index, name) in fields.iter().enumerate() {
        at = field_step(&mut parts, at, name, index + 1 == fields.len());
    }
    let mut path = String::new();
    for part in parts.iter().filter(|part| !part.is_empty()) {
        if part.contains('[') {
            let dot = if path.is_empty() || part.starts_with('[') { "" } else { "." };
            path.push_str(dot);
            path.push_str(part);
        } else {
            push_key(&mut path, part);
        }
    }
    path
}

fn document_order(tree: &Tree, root: NodeId) -> Vec<usize> {
    let mut order = vec![0; tree.len()];
    let mut todo = vec![root];
    let mut next = 0;
    while let Some(id) = todo.pop() {
        order[id.index()] = next;
        next += 1;
        match tree.get(id) {
            Value::List(items) => todo.extend(items.iter().rev()),
            Value::Map(entries) => {
                for entry in entries.iter().rev() {
                    todo.push(entry.value);
                    todo.push(entry.key);
                }
            }
            _ => {}
        }
    }
    order
}

/// A value that is there; it may be unknown.
#[derive(Clone, Copy, Debug)]
pub struct Node<'t> {
    tree: &'t Tree,
    taint: &'t Taint,
    /// The node in the tree.
    pub id: NodeId,
}

impl<'t> Node<'t> {
    /// The value; unknown where it is wrong already.
    pub fn value(self) -> Value<'t> {
        if self.taint.is_marked(self.id) { Value::Unknown } else { self.tree.get(self.id) }
    }

    /// Whether nothing can be said of the value.
    pub fn is_unknown(self) -> bool {
        matches!(self.value(), Value::Unknown)
    }

    /// The text, if the value is a known string.
    pub fn str(self) -> Option<&'t str> {
        if self.taint.is_marked(self.id) { None } else { self.tree.text(self.id) }
    }

    /// The text of a list's item: to the server null is an empty one.
    pub fn item_str(self) -> Option<&'t str> {
        match self.value() {
            Value::Null => Some(""),
            _ => self.str(),
        }
    }

    /// The number, if the value is a known integer.
    pub fn int(self) -> Option<i64> {
        match self.value() {
            Value::Int(number) => Some(number),
            _ => None,
        }
    }

    /// The boolean, if the value is a known one.
    pub fn bool(self) -> Option<bool> {
        match self.value() {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The quantity, if the value is a known and well-formed one.
    pub fn quantity(self) -> Option<Quantity> {
        match self.value() {
            Value::Str(text) => Quantity::parse(text).ok(),
            Value::Int(number) => Quantity::parse(&number.to_string()).ok(),
            Value::Float(number) => Quantity::parse(&number.to_string()).ok(),
            _ => None,
        }
    }

    /// The object, if the value is a map; null, which only a list's item is here, is one without
    /// fields.
    pub fn object(self) -> Option<Obj<'t>> {
        let Node { tree, taint, id } = self;
        let keys = if taint.is_marked(id) { None } else { tree.object_keys(id) };
        keys.map(|keys| Obj { tree, taint, id, keys })
    }

    /// The items of a list; none for anything else.
    pub fn items(self) -> impl Iterator<Item = Node<'t>> {
        let items = match self.value() {
            Value::List(items) => items,
            _ => &[],
        };
        items.iter().map(move |id| Node { id: *id, ..self })
    }

    /// The items of a list that are maps.
    pub fn objects(self) -> impl Iterator<Item = Obj<'t>> {
        self.items().filter_map(Node::object)
    }

    /// Whether the value is known to be empty: `""`, `[]`, `{}`.
    pub fn is_empty(self) -> bool {
        match self.value() {
            Value::Str(text) => text.is_empty(),
            Value::List(items) => items.is_empty(),
            Value::Map(entries) => entries.is_empty(),
            _ => false,
        }
    }
}

/// A map: an object of some type.
#[derive(Clone, Copy, Debug)]
pub struct Obj<'t> {
    tree: &'t Tree,
    taint: &'t Taint,
    /// The map's node.
    pub id: NodeId,
    keys: Keys,
}

impl<'t> Obj<'t> {
    pub(crate) fn of(tree: &'t Tree, taint: &'t Taint, id: NodeId) -> Option<Obj<'t>> {
        Node { tree, taint, id }.object()
    }

    /// The map itself as a value.
    pub fn node(self) -> Node<'t> {
        Node { tree: self.tree, taint: self.taint, id: self.id }
    }

    /// The field's key and value; they are there even if the value is null.
    pub(crate) fn entry(self, field: &str) -> Option<Entry> {
        self.tree.find(self.keys, field).find(|entry| !self.taint.is_marked(entry.key))
    }

    /// The field's value, if it is there; `null` is not there.
    pub fn get(self, field: &str) -> Option<Node<'t>> {
        let entry = self.entry(field)?;
        let node = Node { tree: self.tree, taint: self.taint, id: entry.value };
        (self.taint.is_marked(node.id) || !self.tree.is_null(node.id)).then_some(node)
    }

    /// Whether the field surely isn't there.
    pub fn is_absent(self, field: &str) -> bool {
        self.get(field).is_none() && !self.taint.is_claimed(self.id, field)
    }

    /// Whether the field surely isn't there or is empty: what a Go zero value is to the server.
    pub fn is_unset(self, field: &str) -> bool {
        match self.get(field) {
            None => !self.taint.is_claimed(self.id, field),
            Some(node) => node.is_empty() || node.int() == Some(0) || node.bool() == Some(false),
        }
    }

    /// Whether the field surely is there and isn't empty.
    pub fn is_set(self, field: &str) -> bool {
        self.get(field).is_some_and(|node| {
            !node.is_unknown()
                && !node.is_empty()
                && node.int() != Some(0)
                && node.bool() != Some(false)
        })
    }

    /// The field's text; `None` where it is absent or unknown.
    pub fn str(self, field: &str) -> Option<&'t str> {
        self.get(field)?.str()
    }

    /// The field's number; `None` where it is absent or unknown.
    pub fn int(self, field: &str) -> Option<i64> {
        self.get(field)?.int()
    }

    /// The field's boolean; `None` where it is absent or unknown.
    pub fn bool(self, field: &str) -> Option<bool> {
        self.get(field)?.bool()
    }

    /// The field's text, or the API's default where it is absent or empty; `None` where it is
    /// unknown.
    pub fn str_or(self, field: &str, default: &'static str) -> Option<&'t str> {
        match self.get(field) {
            None if self.is_absent(field) => Some(default),
            None => None,
            Some(node) if node.is_empty() => Some(default),
            Some(node) => node.str(),
        }
    }

    /// The field's number, or the API's default where it is absent; `None` where it is unknown.
    pub fn int_or(self, field: &str, default: i64) -> Option<i64> {
        match self.get(field) {
            None if self.is_absent(field) => Some(default),
            None => None,
            Some(node) => node.int(),
        }
    }

    /// The field's boolean, or the API's default where it is absent; `None` where it is unknown.
    pub fn bool_or(self, field: &str, default: bool) -> Option<bool> {
        match self.get(field) {
            None if self.is_absent(field) => Some(default),
            None => None,
            Some(node) => node.bool(),
        }
    }

    /// The field's object, if it is one.
    pub fn object(self, field: &str) -> Option<Obj<'t>> {
        self.get(field)?.object()
    }

    /// The object at the end of a path of fields.
    pub fn at(self, path: &[&str]) -> Option<Obj<'t>> {
        path.iter().try_fold(self, |object, field| object.object(field))
    }

    /// The items of the field's list; none where it isn't one.
    pub fn items(self, field: &str) -> impl Iterator<Item = Node<'t>> {
        self.get(field).into_iter().flat_map(Node::items)
    }

    /// The items of the field's list that are maps.
    pub fn objects(self, field: &str) -> impl Iterator<Item = Obj<'t>> {
        self.get(field).into_iter().flat_map(Node::objects)
    }

    /// Whether the field or anything in it is unknown or wrong already.
    pub fn has_unknown(self, field: &str) -> bool {
        match self.entry(field) {
            None => self.taint.is_claimed(self.id, field),
            Some(entry) => has_unknown(self.tree, self.taint, entry.value),
        }
    }

    /// All entries: key and value.
    pub fn entries(self) -> impl Iterator<Item = (Node<'t>, Node<'t>)> {
        let node = self.node();
        let known = move |entry: &&Entry| !self.taint.is_marked(entry.key);
        self.tree
            .entries(self.id)
            .iter()
            .filter(known)
            .map(move |entry| (Node { id: entry.key, ..node }, Node { id: entry.value, ..node }))
    }

    /// The field's value as a place, or the block that lacks it.
    pub fn place(self, field: &'static str) -> Place {
        match self.entry(field) {
            Some(entry) => Place::Value(entry.value),
            None => Place::Missing(self.id, field),
        }
    }

    /// The field's key as a place, or the object where the field isn't there.
    pub fn key_place(self, field: &str) -> Place {
        match self.entry(field) {
            Some(entry) => Place::Key(entry.key),
            None => Place::Value(self.id),
        }
    }
}

fn has_unknown(tree: &Tree, taint: &Taint, id: NodeId) -> bool {
    if taint.is_marked(id) {
        return true;
    }
    match tree.get(id) {
        Value::Unknown => true,
        Value::List(items) => items.iter().any(|item| has_unknown(tree, taint, *item)),
        Value::Map(entries) => entries
            .iter()
            .any(|entry| taint.is_marked(entry.key) || has_unknown(tree, taint, entry.value)),
        _ => false,
    }
}
