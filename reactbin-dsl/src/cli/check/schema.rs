//! The kinds that the CustomResourceDefinitions of `--schema` add.
//!
//! Knows how a definition becomes a kind of the engine; must not know what is checked with it.

use std::path::Path;

use reactbin_check::facts::{Field, Kind, Scalar, Ty, TypeDef, type_def};
use reactbin_check::names::snake_case;
use reactbin_check::{NodeId, Tree, Value};
use serde_json::Value as Json;

use super::lower::{self, Facts, OBJECT_META, items, keeps_unknown_fields, text};
use super::read::{Events, Reader};
use super::split::Documents;

/// The added kinds.
#[derive(Default)]
pub(super) struct Schemas {
    kinds: Vec<Added>,
}

struct Added {
    api_version: String,
    kind: String,
    /// `None` where the schema allows every field.
    schema: Option<&'static Kind>,
}

impl Schemas {
    /// The kind of an object, if it is an added one.
    pub(super) fn find(&self, tree: &Tree, root: NodeId) -> Option<Option<&'static Kind>> {
        if self.kinds.is_empty() {
            return None;
        }
        let text = |field| tree.entry(root, field).map(|entry| tree.str(entry.value));
        let (api_version, kind) = (text("apiVersion")?, text("kind")?);
        let is_it = |added: &&Added| added.api_version == api_version && added.kind == kind;
        self.kinds.iter().find(is_it).map(|added| added.schema)
    }

    /// Adds the definitions in a file; other documents in it are none of its business.
    pub(super) fn add_file(&mut self, path: &Path) -> Result<(), String> {
        let file = std::fs::File::open(path).map_err(|error| error.to_string())?;
        let mut documents = Documents::new(std::io::BufReader::new(file));
        let (mut bytes, mut reader) = (Vec::new(), Reader::default());
        while let Some(before) = documents.read(&mut bytes).map_err(|end| end.to_string())? {
            let source = std::str::from_utf8(&bytes).map_err(|error| error.to_string())?;
            let mut events = Events::new(source.trim_start_matches('\u{feff}'), before);
            let at_line = |error: super::read::Unreadable| {
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
            let items = object["items"].as_array().map_or(&[][..], Vec::as_slice);
            return items.iter().try_for_each(|item| self.add_object(item));
        }
        match object["kind"] == "CustomResourceDefinition" {
            true => self.add_definition(object),
            false => Ok(()),
        }
    }

    fn add_definition(&mut self, definition: &Json) -> Result<(), String> {
        let (group, kind) = names(definition)?;
        let (open, closed): (Vec<Json>, Vec<Json>) =
            items(&definition["spec"]["versions"]).iter().cloned().partition(keeps_every_field);
        for version in open {
            let api_version = format!("{group}/{}", text(&version, "name")?);
            self.add(Added { api_version, kind: kind.to_owned(), schema: None });
        }
        let mut definition = definition.clone();
        definition["spec"]["versions"] = closed.into();
        let mut facts = Facts::default();
        // The engine has this one.
        facts.types.insert(OBJECT_META.to_owned(), Vec::new());
        facts.add_crd(&definition)?;
        for kind in &facts.kinds {
            let schema = leak_kind(&facts, kind)?;
            self.add(Added {
                api_version: schema.api_version(),
                kind: kind.kind.clone(),
                schema: Some(schema),
            });
        }
        Ok(())
    }

    /// Adds a kind; a later definition replaces an earlier one.
    fn add(&mut self, added: Added) {
        self.kinds
            .retain(|other| other.api_version != added.api_version || other.kind != added.kind);
        self.kinds.push(added);
    }
}

fn names(definition: &Json) -> Result<(&str, &str), String> {
    let spec = &definition["spec"];
    Ok((text(spec, "group")?, text(&spec["names"], "kind")?))
}

/// Whether a version's schema says nothing of the fields of its objects, or allows others.
fn keeps_every_field(version: &Json) -> bool {
    let schema = &version["schema"]["openAPIV3Schema"];
    !schema["properties"].is_object() || keeps_unknown_fields(schema)
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
    let fields = facts.types.get(name).ok_or_else(|| format!("no type `{name}`"))?;
    let mut fields: Vec<Field> =
        fields.iter().map(|field| leak_field(facts, field)).collect::<Result<_, _>>()?;
    fields.sort_by_key(|field| field.name);
    Ok(Box::leak(Box::new(TypeDef::new(leak(name), Vec::leak(fields)))))
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
        minimum: field.minimum,
        pattern: field.pattern.as_deref().map(leak),
    })
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
