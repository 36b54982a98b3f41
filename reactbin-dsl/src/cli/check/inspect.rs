//! What the engine says of a document, with the place of each finding.
//!
//! Knows what a List is and which kinds a schema adds; must not know files or formats of output.

use reactbin_check::check::{check_kind, kind_of};
use reactbin_check::facts::{self, Kind};
use reactbin_check::lints::across::{Question, Survey};
use reactbin_check::pod_security::check_pods;
use reactbin_check::tree::Paths;
use reactbin_check::wire::Position;
use reactbin_check::{
    At, Entry, Finding, Level, Naming, NodeId, Options, Severity, Tree, Value, check_object,
};

use super::own::{Own, OwnFinding};
use super::policy::Policy;
use reactbin_read::read::{Reader, Unreadable};
use reactbin_read::schema::Schemas;

/// How many values an object may have: many more than fit the 3 MiB that the API server reads.
pub(super) const MAX_OBJECT_NODES: usize = 250_000;

/// The rules that hold before an object is one: id and what each demands.
pub(super) const RULES: &[(&str, &str)] = &[
    ("document_too_large", "A document, an object and a file have a size that can be checked."),
    ("invalid_yaml", "A document is YAML 1.1 or JSON, in UTF-8."),
    ("not_an_object", "A document is a map with `apiVersion` and `kind`."),
    ("unknown_custom_kind", "A custom kind has a schema to be checked against."),
];

/// What is checked beyond the document.
pub(super) struct Wanted<'a> {
    pub(super) schemas: Schemas,
    /// What is told beyond what the API server refuses.
    pub(super) policy: Policy,
    /// What the application says itself.
    pub(super) own: Own<'a>,
    /// Whether lints look across objects.
    pub(super) across: bool,
    /// Whether a custom kind without a schema is an error.
    pub(super) strict: bool,
}

/// A finding at its place in the file.
pub(super) struct Found {
    pub(super) rule: &'static str,
    pub(super) severity: Severity,
    pub(super) path: String,
    pub(super) message: String,
    pub(super) help: Option<String>,
    /// Whether the help is to put the value in quotes.
    pub(super) quotes: bool,
    pub(super) position: Position,
    pub(super) related: Option<(Position, String)>,
}

/// What is known of a document once it is checked.
#[derive(Default)]
pub(super) struct Checked {
    pub(super) kind: Option<String>,
    pub(super) name: Option<String>,
    pub(super) namespace: Option<String>,
    pub(super) findings: Vec<Found>,
    /// Findings that other documents decide on.
    pub(super) open: Vec<Open>,
}

/// A finding that is one if the index of all objects confirms it.
pub(super) struct Open {
    pub(super) question: Question,
    severity: Severity,
    position: Position,
    /// The path of the object in its List.
    within: String,
}

impl Open {
    /// The finding.
    pub(super) fn found(self) -> Found {
        let Open { question, severity, position, within } = self;
        let Finding { rule, mut path, message, help, .. } = question.finding();
        put_within(&mut path, &within);
        Found { rule, severity, path, message, help, quotes: false, position, related: None }
    }
}

/// Makes the path of something in an object that of it in the List that the object stands in.
fn put_within(path: &mut String, list: &str) {
    if !list.is_empty() {
        let dot = if path.is_empty() || path.starts_with('[') { "" } else { "." };
        *path = format!("{list}{dot}{path}");
    }
}

impl Checked {
    /// A document that can't be checked.
    pub(super) fn unreadable(error: Unreadable) -> Checked {
        let Unreadable { rule, message, position } = error;
        let found = found(rule, String::new(), message, None, position);
        Checked { findings: vec![found], ..Checked::default() }
    }

    /// Whether no finding is an error.
    pub(super) fn is_valid(&self) -> bool {
        self.findings.iter().all(|found| found.severity != Severity::Error)
    }
}

fn found(
    rule: &'static str,
    path: String,
    message: String,
    help: Option<String>,
    position: Position,
) -> Found {
    let severity = Severity::Error;
    Found { rule, severity, path, message, help, quotes: false, position, related: None }
}

/// Checks documents; kept from one to the next for its memory.
#[derive(Default)]
pub(super) struct Inspector {
    item: Tree,
    /// The nodes of the document that the nodes of `item` were copied from.
    origins: Vec<NodeId>,
    /// What the objects have told that lints across objects want to know, for whoever takes it; what
    /// they ask is taken from it at once.
    pub(super) survey: Survey,
}

/// A document's tree and places, and what of it is looked at.
#[derive(Clone, Copy)]
struct Document<'d> {
    tree: &'d Tree,
    places: &'d [Position],
    wanted: &'d Wanted<'d>,
}

impl Inspector {
    /// Checks the document that a reader holds.
    pub(super) fn inspect(
        &mut self,
        reader: &Reader,
        root: NodeId,
        wanted: &Wanted<'_>,
    ) -> Checked {
        let document = Document { tree: &reader.tree, places: &reader.places, wanted };
        let tree = document.tree;
        let text = |path: &[&str]| match tree.get(tree.at(root, path)?) {
            Value::Str(text) => Some(text.to_owned()),
            _ => None,
        };
        let mut checked = Checked {
            kind: text(&["kind"]),
            name: text(&["metadata", "name"]),
            namespace: text(&["metadata", "namespace"]),
            ..Checked::default()
        };
        match items_of_list(tree, root) {
            Some(items) => {
                let implied = implied_kind(tree, root);
                self.check_items(document, items, implied, "items", &mut checked);
            }
            None => {
                let place = |node| document.place(node);
                checked.findings = check(tree, root, None, wanted, &place);
                checked.open = survey(tree, root, wanted, &place, &mut self.survey);
            }
        }
        checked
    }

    /// Checks the objects of a List, each on its own.
    fn check_items(
        &mut self,
        document: Document<'_>,
        items: &[NodeId],
        implied: Option<&'static Kind>,
        path: &str,
        checked: &mut Checked,
    ) {
        for (index, item) in items.iter().enumerate() {
            let path = format!("{path}[{index}]");
            if let Some(items) = items_of_list(document.tree, *item) {
                self.check_items(document, items, None, &format!("{path}.items"), checked);
                continue;
            }
            self.item.clear();
            self.origins.clear();
            let root = self.copy(document.tree, *item);
            let place = |node: NodeId| document.place(self.origins[node.index()]);
            let implied = implied.filter(|_| self.item.entry(root, "kind").is_none());
            let mut findings = check(&self.item, root, implied, document.wanted, &place);
            let mut open = survey(&self.item, root, document.wanted, &place, &mut self.survey);
            findings.iter_mut().for_each(|found| put_within(&mut found.path, &path));
            open.iter_mut().for_each(|open| open.within.clone_from(&path));
            checked.findings.append(&mut findings);
            checked.open.append(&mut open);
        }
    }

    /// Copies a part of a document into a tree of its own, so that checking it costs what it is
    /// large, not what the document is.
    fn copy(&mut self, tree: &Tree, id: NodeId) -> NodeId {
        let copy = match tree.get(id) {
            Value::Null => self.item.push_null(),
            Value::Bool(value) => self.item.push_bool(value),
            Value::Int(number) => self.item.push_int(number),
            Value::Float(number) => self.item.push_float(number),
            Value::Str(text) => self.item.push_str(text),
            Value::Unknown => self.item.push_unknown(),
            Value::List(items) => {
                let items: Vec<NodeId> = items.iter().map(|item| self.copy(tree, *item)).collect();
                self.item.push_list(&items)
            }
            Value::Map(entries) => {
                let copy = |entry: &Entry| Entry {
                    key: self.copy(tree, entry.key),
                    value: self.copy(tree, entry.value),
                };
                let entries: Vec<Entry> = entries.iter().map(copy).collect();
                self.item.push_map(&entries)
            }
        };
        self.origins.push(id);
        copy
    }
}

impl Document<'_> {
    /// Where a node stands; a list or map stands where its first value does.
    fn place(&self, mut node: NodeId) -> Position {
        if let Some(entry) = self.tree.entries(node).first() {
            node = entry.key;
        }
        self.places[node.index()]
    }
}

/// The objects of a `List`, or of a `PodList` and its like.
fn items_of_list(tree: &Tree, root: NodeId) -> Option<&[NodeId]> {
    let kind = tree.str(tree.at(root, &["kind"])?);
    if !kind.ends_with("List") || kind_of(tree, root).is_some() {
        return None;
    }
    match tree.get(tree.at(root, &["items"])?) {
        Value::List(items) => Some(items),
        _ => None,
    }
}

/// The kind that the items of a `PodList` have when they don't say so.
fn implied_kind(tree: &Tree, root: NodeId) -> Option<&'static Kind> {
    let text = |field| tree.entry(root, field).map(|entry| tree.str(entry.value));
    facts::kind(text("apiVersion")?, text("kind")?.strip_suffix("List")?)
}

fn check(
    tree: &Tree,
    root: NodeId,
    implied: Option<&'static Kind>,
    wanted: &Wanted<'_>,
    place: &dyn Fn(NodeId) -> Position,
) -> Vec<Found> {
    let Value::Map(_) = tree.get(root) else {
        let message = format!("expected an object, not {}", tree.get(root).describe());
        let help = "write a map with `apiVersion`, `kind` and `metadata`".to_owned();
        return vec![found("not_an_object", String::new(), message, Some(help), place(root))];
    };
    if tree.len() > MAX_OBJECT_NODES {
        let message = format!("the object has more than {MAX_OBJECT_NODES} values");
        return vec![found("document_too_large", String::new(), message, None, place(root))];
    }
    let levels = &wanted.policy.levels;
    let options = Options { levels, raw: true, ..Options::new(Naming::Camel) };
    let added = implied.or_else(|| wanted.schemas.find(tree, root));
    let mut findings = match added {
        Some(kind) => check_kind(tree, root, kind, &options),
        None => check_object(tree, root, &options),
    };
    if let (Some((standard, version, severity)), Some(kind)) =
        (wanted.policy.standard, added.or_else(|| kind_of(tree, root)))
    {
        let broken = check_pods(tree, root, kind, standard, version, Naming::Camel).into_iter();
        findings.extend(broken.map(|finding| Finding { severity, ..finding }));
    }
    let own = wanted.own.findings(tree, root);
    if findings.is_empty() && own.is_empty() {
        return Vec::new();
    }
    let paths = Paths::new(tree, root);
    let mut all = Vec::new();
    for finding in findings {
        let level = finding.level.map(|level| {
            wanted.own.level(tree, root, &paths.path(finding.node), finding.rule, level)
        });
        if level == Some(Level::Allow) {
            continue;
        }
        let mut found = locate(tree, &paths, finding, place);
        found.severity = level.map_or(found.severity, Level::severity);
        if found.rule == "unknown_kind" && is_custom(tree, root) {
            found.rule = "unknown_custom_kind";
            found.severity = if wanted.strict { Severity::Error } else { Severity::Warning };
            found.message = format!("{}: it isn't checked", found.message);
            found.help = Some(
                "give the directory of its CustomResourceDefinition with `--schema`".to_owned(),
            );
        }
        all.push(found);
    }
    for OwnFinding { lint, level, node, path, message, help } in own {
        let severity = level.severity();
        let position = position_of(tree, &paths, node, At::Value, place);
        let (rule, quotes) = (lint, false);
        all.push(Found { rule, severity, path, message, help, quotes, position, related: None });
    }
    if wanted.policy.deny_warnings {
        all.iter_mut().for_each(|found| found.severity = Severity::Error);
    }
    all
}

/// What an object asks of others; what it tells them stays in the survey.
fn survey(
    tree: &Tree,
    root: NodeId,
    wanted: &Wanted<'_>,
    place: &dyn Fn(NodeId) -> Position,
    survey: &mut Survey,
) -> Vec<Open> {
    if !wanted.across || tree.len() > MAX_OBJECT_NODES {
        return Vec::new();
    }
    let levels = &wanted.policy.levels;
    let options = Options { levels, raw: true, ..Options::new(Naming::Camel) };
    survey.add(tree, root, &options);
    if survey.questions.is_empty() {
        return Vec::new();
    }
    let said = wanted.own.said(tree, root);
    // Only a block that lacks something stands at a node of which the key isn't known.
    let mut paths = None;
    let mut all = Vec::with_capacity(survey.questions.len());
    for question in survey.questions.drain(..) {
        let level = said.map_or(question.level, |said| {
            let finding = question.finding();
            said.level(&finding.path, finding.rule, question.level)
        });
        if level == Level::Allow {
            continue;
        }
        let position = match (tree.get(question.node), question.key) {
            (Value::Map(_) | Value::List(_), Some(key)) => place(key),
            (_, Some(_)) => place(question.node),
            (_, None) => {
                let paths = paths.get_or_insert_with(|| Paths::new(tree, root));
                position_of(tree, paths, question.node, question.at, place)
            }
        };
        let severity = if wanted.policy.deny_warnings { Severity::Error } else { level.severity() };
        all.push(Open { question, severity, position, within: String::new() });
    }
    all
}

/// Whether an object of an unknown kind is of a group that Kubernetes itself doesn't have.
fn is_custom(tree: &Tree, root: NodeId) -> bool {
    let version = tree.entry(root, "apiVersion").map_or("", |entry| tree.str(entry.value));
    let group = version.split_once('/').map_or("", |(group, _)| group);
    let built_in = facts::KINDS.iter().any(|kind| !kind.custom && kind.group == group);
    tree.entry(root, "kind").is_some() && group.contains('.') && !built_in
}

fn locate(
    tree: &Tree,
    paths: &Paths<'_>,
    finding: Finding,
    place: &dyn Fn(NodeId) -> Position,
) -> Found {
    let position = |node, at| position_of(tree, paths, node, at, place);
    Found {
        rule: finding.rule,
        severity: finding.severity,
        path: finding.path,
        message: finding.message,
        help: finding.help,
        quotes: finding.quotes,
        position: position(finding.node, finding.at),
        related: finding.related.map(|(node, what)| (position(node, At::Value), what)),
    }
}

fn position_of(
    tree: &Tree,
    paths: &Paths<'_>,
    node: NodeId,
    at: At,
    place: &dyn Fn(NodeId) -> Position,
) -> Position {
    match tree.get(node) {
        // A list or map is named by its key.
        Value::Map(_) | Value::List(_) => place(paths.key(node).unwrap_or(node)),
        // So is what lacks something and is null.
        _ if at == At::Block => place(paths.key(node).unwrap_or(node)),
        _ => place(node),
    }
}
