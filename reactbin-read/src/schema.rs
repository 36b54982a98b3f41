//! The kinds that CustomResourceDefinitions add.
//!
//! Knows how a definition becomes a kind of the engine; must not know what is checked with it.

use std::path::Path;

use reactbin_check::facts::{Field, Kind, Limits, Scalar, Ty, TypeDef, type_def};
use reactbin_check::names::snake_case;
use reactbin_check::{NodeId, Tree, Value};
use serde_json::Value as Json;

use crate::lower::{self, Facts, OBJECT_META, items};
use crate::read::{Events, Reader};
use crate::split::Documents;

/// The added kinds.
#[derive(Clone, Debug, Default)]
pub struct Schemas {
    kinds: Vec<&'static Kind>,
}

impl Schemas {
    /// Every added kind, in the order in which they were added.
    pub fn kinds(&self) -> &[&'static Kind] {
        &self.kinds
    }

    /// The added kind with this `apiVersion` and `kind`.
    pub fn kind(&self, api_version: &str, kind: &str) -> Option<&'static Kind> {
        let (group, version) = api_version.split_once('/')?;
        let is_it = |k: &&Kind| k.kind == kind && k.version == version && k.group == group;
        self.kinds.iter().copied().find(is_it)
    }

    /// The kind of an object, if it is an added one.
    pub fn find(&self, tree: &Tree, root: NodeId) -> Option<&'static Kind> {
        if self.kinds.is_empty() {
            return None;
        }
        let text = |field| tree.entry(root, field).map(|entry| tree.str(entry.value));
        self.kind(text("apiVersion")?, text("kind")?)
    }

    /// Adds the definitions in a file; other documents in it are none of its business.
    ///
    /// # Errors
    /// What can't be read or understood, as one line.
    pub fn add_file(&mut self, path: &Path) -> Result<(), String> {
        let file = std::fs::File::open(path).map_err(|error| error.to_string())?;
        self.add(std::io::BufReader::new(file))
    }

    /// Adds the definitions in a text.
    ///
    /// # Errors
    /// What can't be read or understood, as one line.
    pub fn add_text(&mut self, text: &str) -> Result<(), String> {
        self.add(text.as_bytes())
    }

    fn add(&mut self, input: impl std::io::BufRead) -> Result<(), String> {
        let mut documents = Documents::new(input);
        let (mut bytes, mut reader) = (Vec::new(), Reader::default());
        while let Some(before) = documents.read(&mut bytes).map_err(|end| end.to_string())? {
            let source = std::str::from_utf8(&bytes).map_err(|error| error.to_string())?;
            let mut events = Events::new(source.trim_start_matches('\u{feff}'), before);
            let at_line = |error: crate::read::Unreadable| {
                format!("line {}: {}", error.position.line, error.message)
            };
            while let Some(root) = reader.read(&mut events, false).map_err(at_line)? {
                self.add_object(&to_json(&reader.tree, root))?;
            }
        }
        Ok(())
    }

    fn add_object(&mut self, object: &Json) -> Result<(), String> {
        if object["kind"] == "List" {
            return items(&object["items"]).iter().try_for_each(|item| self.add_object(item));
        }
        match object["kind"] == "CustomResourceDefinition" {
            true => self.add_definition(object),
            false => Ok(()),
        }
    }

    /// Adds the kinds of a definition; a later definition replaces an earlier one.
    fn add_definition(&mut self, definition: &Json) -> Result<(), String> {
        let mut facts = Facts::default();
        // The engine has this one.
        facts.types.insert(OBJECT_META.to_owned(), lower::Type::default());
        facts.add_crd(definition)?;
        for kind in &facts.kinds {
            let kind = leak_kind(&facts, kind)?;
            self.kinds.retain(|other| {
                (other.group, other.version, other.kind) != (kind.group, kind.version, kind.kind)
            });
            self.kinds.push(kind);
        }
        Ok(())
    }
}

// The engine's facts live as long as the program. So do those that are read from definitions:
// that happens once, before anything is checked.

fn leak_kind(facts: &Facts, kind: &lower::Kind) -> Result<&'static Kind, String> {
    Ok(Box::leak(Box::new(Kind {
        group: leak(&kind.group),
        version: leak(&kind.version),
        kind: leak(&kind.kind),
        snake: leak(&snake_case(&kind.kind)),
        namespaced: kind.namespaced,
        custom: true,
        ty: leak_type(facts, &kind.ty)?,
    })))
}

fn leak_type(facts: &Facts, name: &str) -> Result<&'static TypeDef, String> {
    if name == OBJECT_META {
        return type_def(name).ok_or_else(|| format!("no type `{name}`"));
    }
    let ty = facts.types.get(name).ok_or_else(|| format!("no type `{name}`"))?;
    let mut fields: Vec<Field> =
        ty.fields.iter().map(|field| leak_field(facts, field)).collect::<Result<_, _>>()?;
    fields.sort_by_key(|field| field.name);
    let new = if ty.open { TypeDef::open } else { TypeDef::new };
    Ok(Box::leak(Box::new(new(leak(name), Vec::leak(fields)))))
}

fn leak_field(facts: &Facts, field: &lower::Field) -> Result<Field, String> {
    Ok(Field {
        name: leak(&field.name),
        snake: leak(&snake_case(&field.name)),
        ty: leak_ty(facts, &field.ty)?,
        required: field.required,
        values: leak_all(&field.values),
        default: field.default.as_ref().and_then(|default| match default {
            Json::Bool(value) => Some(Scalar::Bool(*value)),
            Json::String(text) => Some(Scalar::Str(leak(text))),
            number => number.as_i64().map(Scalar::Int),
        }),
        keys: leak_all(&field.keys),
        set: field.set,
        limits: leak_limits(&field.limits),
    })
}

fn leak_limits(limits: &lower::Limits) -> Option<&'static Limits> {
    let lower::Limits { minimum, maximum, min_length, max_length, min_items, max_items, .. } =
        *limits;
    let pattern = limits.pattern.as_deref();
    let numbers = [minimum, maximum, min_length, max_length, min_items, max_items];
    if pattern.is_none() && numbers.iter().all(Option::is_none) {
        return None;
    }
    let pattern = pattern.map(leak);
    Some(Box::leak(Box::new(Limits {
        minimum,
        maximum,
        min_length,
        max_length,
        min_items,
        max_items,
        pattern,
    })))
}

fn leak_ty(facts: &Facts, ty: &lower::Ty) -> Result<Ty, String> {
    Ok(match ty {
        lower::Ty::Any => Ty::Any,
        lower::Ty::AnyObject => Ty::AnyObject,
        lower::Ty::Bool => Ty::Bool,
        lower::Ty::Int32 => Ty::Int32,
        lower::Ty::Int64 => Ty::Int64,
        lower::Ty::Double => Ty::Double,
        lower::Ty::String => Ty::String,
        lower::Ty::Bytes => Ty::Bytes,
        lower::Ty::Time => Ty::Time,
        lower::Ty::MicroTime => Ty::MicroTime,
        lower::Ty::Quantity => Ty::Quantity,
        lower::Ty::IntOrString => Ty::IntOrString,
        lower::Ty::Object(name) => Ty::Object(leak_type(facts, name)?),
        lower::Ty::List(item) => Ty::List(Box::leak(Box::new(leak_ty(facts, item)?))),
        lower::Ty::Map(item) => Ty::Map(Box::leak(Box::new(leak_ty(facts, item)?))),
    })
}

fn leak(text: &str) -> &'static str {
    String::leak(text.to_owned())
}

fn leak_all(texts: &[String]) -> &'static [&'static str] {
    Vec::leak(texts.iter().map(|text| leak(text)).collect())
}

fn to_json(tree: &Tree, id: NodeId) -> Json {
    match tree.get(id) {
        Value::Null | Value::Unknown => Json::Null,
        Value::Bool(value) => value.into(),
        Value::Int(number) => number.into(),
        Value::Float(number) => number.into(),
        Value::Str(text) => text.into(),
        Value::List(items) => items.iter().map(|item| to_json(tree, *item)).collect(),
        Value::Map(entries) => entries
            .iter()
            .map(|entry| (tree.str(entry.key).to_owned(), to_json(tree, entry.value)))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use reactbin_check::check::check_kind;
    use reactbin_check::{Naming, Options};

    use super::*;

    /// The kind `Widget` of `example.com/v1`, with a spec of these properties.
    fn widget(properties: &str) -> Schemas {
        let mut schemas = Schemas::default();
        schemas
            .add_text(&format!(
                "{{kind: CustomResourceDefinition, spec: {{group: example.com, scope: Cluster, \
                 names: {{kind: Widget}}, versions: [{{name: v1, schema: {{openAPIV3Schema: \
                 {{type: object, properties: {{spec: {{type: object, {properties}}}}}}}}}}}]}}}}"
            ))
            .unwrap();
        schemas
    }

    /// What is wrong with a Widget of this spec: paths and messages.
    fn found(schemas: &Schemas, spec: &str) -> Vec<String> {
        let text = format!(
            "{{apiVersion: example.com/v1, kind: Widget, metadata: {{name: a}}, spec: {spec}}}"
        );
        let mut reader = Reader::default();
        let root = reader.read(&mut Events::new(&text, 0), false).unwrap().unwrap();
        let kind = schemas.find(&reader.tree, root).unwrap();
        check_kind(&reader.tree, root, kind, &Options::new(Naming::Camel))
            .into_iter()
            .map(|finding| format!("{}: {}", finding.path, finding.message))
            .collect()
    }

    #[test]
    fn what_a_schema_says_is_checked() {
        for (properties, good, bad, message) in [
            ("properties: {a: {type: string}}", "{a: x}", "{b: x}", "spec.b: unknown field"),
            ("properties: {a: {type: string}}", "{a: ''}", "{a: 1}", "spec.a: `a` takes a string"),
            ("required: [a], properties: {a: {type: string}}", "{a: ''}", "{}", "spec.a: missing"),
            (
                "properties: {a: {type: string, enum: [x]}}",
                "{a: x}",
                "{a: ''}",
                "spec.a: `a` can't",
            ),
            (
                "properties: {a: {type: integer, minimum: 2}}",
                "{a: 2}",
                "{a: 1}",
                "spec.a: `1` is too",
            ),
            (
                "properties: {a: {type: integer, maximum: 2, exclusiveMaximum: true}}",
                "{a: 1}",
                "{a: 2}",
                "spec.a: `2` is too large",
            ),
            (
                "properties: {a: {type: number, minimum: 1}}",
                "{a: 1.5}",
                "{a: 0}",
                "spec.a: `0` is too",
            ),
            (
                "properties: {a: {type: string, minLength: 1}}",
                "{a: é}",
                "{a: ''}",
                "spec.a: the text is",
            ),
            (
                "properties: {a: {type: string, maxLength: 1}}",
                "{a: é}",
                "{a: ab}",
                "spec.a: the text has",
            ),
            (
                "properties: {a: {type: string, pattern: '^b+$'}}",
                "{a: bb}",
                "{a: c}",
                "spec.a: `c` doesn't match `^b+$`",
            ),
            (
                "properties: {a: {type: array, minItems: 1, items: {type: string, maxLength: 1}}}",
                "{a: [x]}",
                "{a: []}",
                "spec.a: `a` has 0 items",
            ),
            (
                "properties: {a: {type: array, maxItems: 1, items: {type: string}}}",
                "{a: [xyz]}",
                "{a: [v, w]}",
                "spec.a: `a` has 2 items",
            ),
            (
                "properties: {a: {type: object, maxProperties: 1, additionalProperties: {type: integer}}}",
                "{a: {x: 1}}",
                "{a: {v: 1, w: 1}}",
                "spec.a: `a` has 2 keys",
            ),
            (
                "properties: {a: {type: array, x-kubernetes-list-type: set, items: {type: string}}}",
                "{a: [v, w]}",
                "{a: [x, x]}",
                "spec.a[1]: `x` stands twice",
            ),
            (
                "properties: {a: {x-kubernetes-int-or-string: true, pattern: '^[0-9]+%$'}}",
                "{a: 5}",
                "{a: 5 %}",
                "spec.a: `5 %` doesn't match",
            ),
        ] {
            let schemas = widget(properties);
            assert_eq!(found(&schemas, good), [""; 0], "{properties}");
            let found = found(&schemas, bad);
            assert!(
                matches!(&found[..], [one] if one.starts_with(message)),
                "{properties}: {found:?}"
            );
        }
    }

    #[test]
    fn what_a_schema_leaves_open_is_not() {
        let keep = "x-kubernetes-preserve-unknown-fields: true";
        for (properties, spec) in [
            (keep, "{a: 1, b: {c: [2]}}"),
            (
                "properties: {a: {type: string}}, x-kubernetes-preserve-unknown-fields: true",
                "{b: 1}",
            ),
            // The server puts the default there before it looks.
            ("required: [a], properties: {a: {type: integer, default: 0}}", "{}"),
            (
                "properties: {a: {type: object, x-kubernetes-embedded-resource: true, properties: {spec: {type: object}}}}",
                "{a: {apiVersion: v1, kind: X, metadata: {name: b}}}",
            ),
            ("properties: {a: {type: string, pattern: '(?i)^x$'}}", "{a: anything}"),
        ] {
            assert_eq!(found(&widget(properties), spec), [""; 0], "{properties}");
        }
        assert_eq!(
            found(
                &widget(
                    "properties: {a: {type: string}}, x-kubernetes-preserve-unknown-fields: true"
                ),
                "{a: 1}"
            )
            .len(),
            1
        );
    }

    #[test]
    fn what_cannot_be_understood_is_told() {
        let mut schemas = Schemas::default();
        assert_eq!(schemas.add_text("kind: Service\n---\n- 1\n"), Ok(()));
        assert!(schemas.kinds().is_empty());
        assert!(schemas.add_text("kind: [").unwrap_err().starts_with("line "));
        let no_group = schemas.add_text("kind: CustomResourceDefinition\n");
        assert_eq!(no_group, Err("no string `group`".to_owned()));
        // A later definition replaces an earlier one.
        let kinds = |schemas: &Schemas| schemas.kinds().len();
        let mut schemas = widget("properties: {a: {type: string}}");
        assert_eq!(kinds(&schemas), 1);
        schemas
            .add_text("{kind: List, items: [{kind: CustomResourceDefinition, spec: {group: example.com, scope: Namespaced, names: {kind: Widget}, versions: [{name: v1}, {name: v2}, {name: v0, served: false}]}}]}")
            .unwrap();
        assert_eq!(kinds(&schemas), 2);
        assert!(schemas.kind("example.com/v1", "Widget").unwrap().namespaced);
    }
}
