//! Between the tree and serde's value in memory.

use reactbin_check::{NodeId, Tree, Value as Node};
use serde_yaml::{Mapping, Number, Value};

/// A node as a value; null for what isn't known.
pub fn to_value(tree: &Tree, id: NodeId) -> Value {
    match tree.get(id) {
        Node::Null | Node::Unknown => Value::Null,
        Node::Bool(value) => Value::Bool(value),
        Node::Int(number) => Value::Number(Number::from(number)),
        Node::Float(number) => Value::Number(Number::from(number)),
        Node::Str(text) => Value::String(text.to_owned()),
        Node::List(items) => items.iter().map(|item| to_value(tree, *item)).collect(),
        Node::Map(entries) => {
            let mut map = Mapping::with_capacity(entries.len());
            for entry in entries {
                if !matches!(tree.get(entry.value), Node::Null) {
                    map.insert(Value::from(tree.str(entry.key)), to_value(tree, entry.value));
                }
            }
            Value::Mapping(map)
        }
    }
}
