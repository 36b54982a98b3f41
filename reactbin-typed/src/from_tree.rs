//! The tree as what serde reads: how an object becomes a k8s-openapi value.
//!
//! A struct is only ever read as a map and a list as a sequence, and what doesn't depend on the type
//! stands in functions of its own, which keeps the code that rustc makes for each of hundreds of types
//! small.

use std::cell::Cell;
use std::fmt;

use reactbin_check::{Entry, NodeId, Tree, Value};
use serde::de::value::StrDeserializer;
use serde::de::{self, DeserializeOwned, DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

/// A typed object of a node.
///
/// # Errors
/// What the type refuses, or the field that it doesn't have.
pub fn from_tree<T: DeserializeOwned>(tree: &Tree, id: NodeId) -> Result<T, Refusal> {
    let ignored = Cell::new(None);
    let typed = T::deserialize(Source { tree, id, ignored: &ignored })?;
    match unknown_field(&ignored) {
        None => Ok(typed),
        Some(refusal) => Err(refusal),
    }
}

fn unknown_field(ignored: &Cell<Option<NodeId>>) -> Option<Refusal> {
    let node = ignored.get()?;
    Some(Refusal { message: "no such field".to_owned(), node: Some(node) })
}

/// Why a node isn't of a type.
#[derive(Debug)]
pub struct Refusal {
    message: String,
    /// The value whose field the type doesn't have, if that is why.
    pub node: Option<NodeId>,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Refusal {}

impl de::Error for Refusal {
    fn custom<T: fmt::Display>(message: T) -> Refusal {
        Refusal { message: message.to_string(), node: None }
    }
}

#[derive(Clone, Copy)]
struct Source<'t> {
    tree: &'t Tree,
    id: NodeId,
    /// The last value that the type had no field for.
    ignored: &'t Cell<Option<NodeId>>,
}

impl<'t> Source<'t> {
    fn at(self, id: NodeId) -> Source<'t> {
        Source { id, ..self }
    }

    fn is_absent(self) -> bool {
        matches!(self.tree.get(self.id), Value::Null | Value::Unknown)
    }

    fn items(self) -> Option<Items<'t>> {
        match self.tree.get(self.id) {
            Value::List(items) => Some(Items { source: self, items }),
            _ => None,
        }
    }

    fn entries(self) -> Option<Entries<'t>> {
        match self.tree.get(self.id) {
            Value::Map(entries) => Some(Entries { source: self, entries, value: None }),
            _ => None,
        }
    }

    fn wrong(self, expected: &dyn de::Expected) -> Refusal {
        let found = self.tree.get(self.id).describe();
        de::Error::custom(format_args!("expected {expected}, found {found}"))
    }
}

impl<'de, 't: 'de> de::Deserializer<'de> for Source<'t> {
    type Error = Refusal;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        match self.tree.get(self.id) {
            Value::Null | Value::Unknown => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(value),
            Value::Int(number) => visitor.visit_i64(number),
            Value::Float(number) => visitor.visit_f64(number),
            Value::Str(text) => visitor.visit_str(text),
            Value::List(_) => self.deserialize_seq(visitor),
            Value::Map(_) => self.deserialize_map(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        if self.is_absent() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Refusal> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        match self.items() {
            Some(items) => visitor.visit_seq(items),
            None => Err(self.wrong(&visitor)),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        match self.entries() {
            Some(entries) => visitor.visit_map(entries),
            None => Err(self.wrong(&visitor)),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refusal> {
        self.deserialize_map(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        self.ignored.set(Some(self.id));
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct tuple tuple_struct enum identifier
    }
}

struct Items<'t> {
    source: Source<'t>,
    items: &'t [NodeId],
}

impl<'t> Items<'t> {
    fn next(&mut self) -> Option<Source<'t>> {
        let (first, rest) = self.items.split_first()?;
        self.items = rest;
        Some(self.source.at(*first))
    }
}

impl<'de, 't: 'de> SeqAccess<'de> for Items<'t> {
    type Error = Refusal;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Refusal> {
        let Some(item) = self.next() else { return Ok(None) };
        match seed.deserialize(item) {
            Ok(value) => Ok(Some(value)),
            Err(refusal) => Err(refusal),
        }
    }
}

struct Entries<'t> {
    source: Source<'t>,
    entries: &'t [Entry],
    value: Option<NodeId>,
}

impl<'t> Entries<'t> {
    fn next_key(&mut self) -> Option<StrDeserializer<'t, Refusal>> {
        let (first, rest) = self.entries.split_first()?;
        self.entries = rest;
        self.value = Some(first.value);
        Some(StrDeserializer::new(self.source.tree.str(first.key)))
    }

    fn next_value(&mut self) -> Result<Source<'t>, Refusal> {
        match self.value.take() {
            Some(value) => Ok(self.source.at(value)),
            None => Err(de::Error::custom("a value without its key")),
        }
    }
}

impl<'de, 't: 'de> MapAccess<'de> for Entries<'t> {
    type Error = Refusal;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Refusal> {
        let Some(key) = self.next_key() else { return Ok(None) };
        match seed.deserialize(key) {
            Ok(key) => Ok(Some(key)),
            Err(refusal) => Err(refusal),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Refusal> {
        match self.next_value() {
            Ok(value) => seed.deserialize(value),
            Err(refusal) => Err(refusal),
        }
    }
}

#[cfg(test)]
mod tests {
    use k8s_openapi::api::core::v1::{ConfigMap, Service};
    use reactbin_check::{Entry, NodeId, Tree};

    use super::from_tree;

    fn service(port: &dyn Fn(&mut Tree) -> NodeId, field: &str) -> (Tree, NodeId) {
        let mut tree = Tree::new();
        let port = port(&mut tree);
        let entry = |tree: &mut Tree, key, value| Entry { key: tree.push_str(key), value };
        let port = entry(&mut tree, field, port);
        let port = tree.push_map(&[port]);
        let ports = tree.push_list(&[port]);
        let ports = entry(&mut tree, "ports", ports);
        let spec = tree.push_map(&[ports]);
        let spec = entry(&mut tree, "spec", spec);
        let version = tree.push_str("v1");
        let version = entry(&mut tree, "apiVersion", version);
        let kind = tree.push_str("Service");
        let kind = entry(&mut tree, "kind", kind);
        let root = tree.push_map(&[version, kind, spec]);
        (tree, root)
    }

    #[test]
    fn an_object_becomes_its_type() {
        let (tree, root) = service(&|tree| tree.push_int(80), "port");
        let service: Service = from_tree(&tree, root).unwrap();
        assert_eq!(service.spec.unwrap().ports.unwrap()[0].port, 80);
        assert!(from_tree::<ConfigMap>(&tree, root).is_err());
    }

    #[test]
    fn a_wrong_value_and_an_unknown_field_are_refused() {
        let (tree, root) = service(&|tree| tree.push_str("80"), "port");
        assert!(from_tree::<Service>(&tree, root).is_err());
        let (tree, root) = service(&|tree| tree.push_int(80), "prt");
        let refusal = from_tree::<Service>(&tree, root).unwrap_err();
        assert!(refusal.node.is_some(), "{refusal}");
    }
}
