//! Trees from YAML and JSON text, for tests.
#![allow(dead_code, reason = "each test binary uses its part")]
#![allow(clippy::expect_used, clippy::panic, reason = "tests may fail loudly")]

use std::fmt;
use std::path::Path;

use reactbin_check::lints::across::{Index, Question, survey};
use reactbin_check::rules::Rule;
use reactbin_check::{Entry, Finding, NodeId, Options, Tree, Value};
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

/// Builds nodes straight from the parser, so that a key that is written twice stays there twice.
struct IntoTree<'t>(&'t mut Tree);

impl<'de> DeserializeSeed<'de> for IntoTree<'_> {
    type Value = NodeId;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<NodeId, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for IntoTree<'_> {
    type Value = NodeId;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<NodeId, E> {
        Ok(self.0.push_null())
    }

    fn visit_bool<E>(self, value: bool) -> Result<NodeId, E> {
        Ok(self.0.push_bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<NodeId, E> {
        Ok(self.0.push_int(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<NodeId, E> {
        Ok(match i64::try_from(value) {
            Ok(value) => self.0.push_int(value),
            Err(_) => self.0.push_float(value as f64),
        })
    }

    fn visit_f64<E>(self, value: f64) -> Result<NodeId, E> {
        Ok(self.0.push_float(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<NodeId, E> {
        Ok(self.0.push_str(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<NodeId, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(IntoTree(self.0))? {
            items.push(item);
        }
        Ok(self.0.push_list(&items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<NodeId, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = map.next_key_seed(IntoTree(self.0))? {
            let value = map.next_value_seed(IntoTree(self.0))?;
            entries.push(Entry { key, value });
        }
        Ok(self.0.push_map(&entries))
    }
}

pub(crate) fn from_yaml(text: &str) -> (Tree, NodeId) {
    let mut tree = Tree::new();
    let deserializer = serde_yaml::Deserializer::from_str(text);
    let root = IntoTree(&mut tree)
        .deserialize(deserializer)
        .unwrap_or_else(|error| panic!("{error}: {text}"));
    (tree, root)
}

/// The objects of a stream of YAML documents.
pub(crate) fn documents(text: &str) -> Vec<(Tree, NodeId)> {
    text.split("\n---\n").map(from_yaml).collect()
}

/// What the lints across objects find, object by object.
pub(crate) fn findings_across(
    objects: &[(Tree, NodeId)],
    options: &Options<'_>,
) -> Vec<Vec<Finding>> {
    let mut index = Index::default();
    let mut asked: Vec<Vec<Question>> = Vec::new();
    for (tree, root) in objects {
        let survey = survey(tree, *root, options);
        index.add(survey.facts);
        asked.push(survey.questions);
    }
    let confirmed = |questions: Vec<Question>| {
        let confirmed = questions.into_iter().filter(|question| index.confirms(question));
        confirmed.map(|question| question.finding()).collect()
    };
    asked.into_iter().map(confirmed).collect()
}

pub(crate) fn from_json(value: &serde_json::Value) -> (Tree, NodeId) {
    let mut tree = Tree::new();
    let root = IntoTree(&mut tree).deserialize(value).expect("a JSON value is a tree");
    (tree, root)
}

/// A copy of a tree in which one node is what `put` makes of it.
pub(crate) fn with(
    tree: &Tree,
    id: NodeId,
    changed: NodeId,
    copy: &mut Tree,
    put: fn(&mut Tree) -> NodeId,
) -> NodeId {
    if id == changed {
        return put(copy);
    }
    match tree.get(id) {
        Value::Null => copy.push_null(),
        Value::Bool(value) => copy.push_bool(value),
        Value::Int(value) => copy.push_int(value),
        Value::Float(value) => copy.push_float(value),
        Value::Str(value) => copy.push_str(value),
        Value::Unknown => copy.push_unknown(),
        Value::List(items) => {
            let items: Vec<NodeId> =
                items.iter().map(|item| with(tree, *item, changed, copy, put)).collect();
            copy.push_list(&items)
        }
        Value::Map(entries) => {
            let entries: Vec<Entry> = entries
                .iter()
                .map(|entry| Entry {
                    key: copy.push_str(tree.str(entry.key)),
                    value: with(tree, entry.value, changed, copy, put),
                })
                .collect();
            copy.push_map(&entries)
        }
    }
}

/// A copy of a tree in which one node isn't known.
pub(crate) fn without(tree: &Tree, id: NodeId, unknown: NodeId, copy: &mut Tree) -> NodeId {
    with(tree, id, unknown, copy, Tree::push_unknown)
}

/// The values under a node, the node left out.
pub(crate) fn values(tree: &Tree, id: NodeId) -> Vec<NodeId> {
    let children: Vec<NodeId> = match tree.get(id) {
        Value::List(items) => items.to_vec(),
        Value::Map(entries) => entries.iter().map(|entry| entry.value).collect(),
        _ => Vec::new(),
    };
    let below: Vec<NodeId> = children.iter().flat_map(|child| values(tree, *child)).collect();
    children.into_iter().chain(below).collect()
}

/// A page of `docs/` is what the test has made of a table; `REACTBIN_BLESS=1` writes it.
pub(crate) fn page(file: &str, test: &str, page: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(file);
    if std::env::var_os("REACTBIN_BLESS").is_some() {
        std::fs::write(&path, page).expect("the page can be written");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == page,
        "docs/{file} isn't what the table says: \
         run `REACTBIN_BLESS=1 cargo test -p reactbin-check --test {test}`"
    );
}

/// What breaks a rule, and the same put right.
pub(crate) fn print_examples(page: &mut String, rule: &Rule) {
    for (title, example) in [("Bad", rule.bad), ("Good", rule.good)] {
        page.push_str(&format!("\n{title}:\n\n```yaml\n{}```\n", print_example(example)));
    }
}

/// An example in block style; one that isn't a map of its own, such as one with a key that stands
/// twice, as it is.
fn print_example(example: &str) -> String {
    let documents: Result<Vec<serde_yaml::Value>, _> =
        serde_yaml::Deserializer::from_str(example).map(serde_yaml::Value::deserialize).collect();
    let Ok(documents) = documents else { return format!("{example}\n") };
    let texts = documents.iter().map(|value| serde_yaml::to_string(value).expect("it is YAML"));
    texts.collect::<Vec<_>>().join("---\n")
}
