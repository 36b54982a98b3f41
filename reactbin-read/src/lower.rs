//! Lowers the schemas of CustomResourceDefinitions, and of OpenAPI, to kinds, types and fields.
//!
//! Must not know what becomes of them: `schema.rs` makes kinds of them, and `xtask`, which compiles
//! this file too, prints them as the facts table.
#![allow(dead_code, reason = "neither of the two needs everything")]

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// Every kind, and every type that a kind reaches.
#[derive(Default)]
pub(crate) struct Facts {
    /// The Kubernetes version: `1.36`.
    pub(crate) kubernetes: String,
    pub(crate) kinds: Vec<Kind>,
    /// The types, by name without `io.k8s.`.
    pub(crate) types: BTreeMap<String, Type>,
    /// The schemas of the OpenAPI document, by name without `io.k8s.`.
    pub(crate) schemas: BTreeMap<String, Value>,
    /// Whether what is lowered is a CustomResourceDefinition's.
    pub(crate) custom: bool,
}

/// Ordered as the table is.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Kind {
    pub(crate) group: String,
    pub(crate) kind: String,
    pub(crate) version: String,
    pub(crate) namespaced: bool,
    pub(crate) custom: bool,
    pub(crate) ty: String,
}

#[derive(Default)]
pub(crate) struct Type {
    pub(crate) fields: Vec<Field>,
    /// Whether there may be others.
    pub(crate) open: bool,
}

#[derive(Default)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) ty: Ty,
    pub(crate) required: bool,
    pub(crate) values: Vec<String>,
    /// A boolean, an integer or a string.
    pub(crate) default: Option<Value>,
    pub(crate) keys: Vec<String>,
    pub(crate) set: bool,
    pub(crate) limits: Limits,
}

#[derive(Default)]
pub(crate) struct Limits {
    pub(crate) minimum: Option<i64>,
    pub(crate) maximum: Option<i64>,
    pub(crate) min_length: Option<i64>,
    pub(crate) max_length: Option<i64>,
    pub(crate) min_items: Option<i64>,
    pub(crate) max_items: Option<i64>,
    pub(crate) pattern: Option<String>,
}

#[derive(Default)]
pub(crate) enum Ty {
    #[default]
    Any,
    AnyObject,
    Bool,
    Int32,
    Int64,
    Double,
    String,
    Bytes,
    Time,
    MicroTime,
    Quantity,
    IntOrString,
    Object(String),
    List(Box<Ty>),
    Map(Box<Ty>),
}

pub(crate) const OBJECT_META: &str = "apimachinery.pkg.apis.meta.v1.ObjectMeta";

impl Facts {
    /// Adds the kind of a CustomResourceDefinition, in each of its served versions.
    pub(crate) fn add_crd(&mut self, crd: &Value) -> Result<(), String> {
        let spec = &crd["spec"];
        let (group, kind) = (text(spec, "group")?, text(&spec["names"], "kind")?);
        let namespaced = text(spec, "scope")? == "Namespaced";
        self.custom = true;
        for version in items(&spec["versions"]).iter().filter(|v| v["served"] != false) {
            let schema = &version["schema"]["openAPIV3Schema"];
            let version = text(version, "name")?;
            let ty = format!("{}.{version}.{kind}", reverse_dns(group));
            self.lower_properties(schema, &ty)?;
            self.add_object_fields(&ty)?;
            self.kinds.push(Kind {
                group: group.to_owned(),
                kind: kind.to_owned(),
                version: version.to_owned(),
                namespaced,
                custom: true,
                ty,
            });
        }
        self.kinds.sort();
        self.custom = false;
        Ok(())
    }

    /// Puts the fields that every object has into a custom type, whatever its schema says of them.
    fn add_object_fields(&mut self, ty: &str) -> Result<(), String> {
        let metadata = self.lower_ref(OBJECT_META)?;
        let fields = &mut self.types.entry(ty.to_owned()).or_default().fields;
        for (name, ty) in [("apiVersion", Ty::String), ("kind", Ty::String), ("metadata", metadata)]
        {
            fields.retain(|field| field.name != name);
            fields.push(Field { name: name.to_owned(), ty, ..Field::default() });
        }
        fields.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(())
    }

    /// The type of a schema. An inline object becomes a type of the name `path`.
    fn lower_schema(&mut self, schema: &Value, path: &str) -> Result<Ty, String> {
        if let Some(target) = reference(schema) {
            return self.lower_ref(short(target));
        }
        if schema["x-kubernetes-int-or-string"] == true {
            return Ok(Ty::IntOrString);
        }
        let format = schema["format"].as_str();
        Ok(match schema["type"].as_str() {
            Some("boolean") => Ty::Bool,
            Some("integer") if format == Some("int32") => Ty::Int32,
            Some("integer") => Ty::Int64,
            Some("number") => Ty::Double,
            Some("string") => match format {
                Some("byte") => Ty::Bytes,
                Some("date-time") => Ty::Time,
                _ => Ty::String,
            },
            Some("array") => Ty::List(Box::new(self.lower_schema(&schema["items"], path)?)),
            Some("object") => self.lower_object(schema, path)?,
            None => Ty::Any,
            Some(other) => return Err(format!("{path}: unknown type `{other}`")),
        })
    }

    /// The type of an object written in place.
    fn lower_object(&mut self, schema: &Value, path: &str) -> Result<Ty, String> {
        if schema["properties"].is_object() {
            let path = self.free_name(path);
            self.lower_properties(schema, &path)?;
            return Ok(Ty::Object(path));
        }
        match &schema["additionalProperties"] {
            values @ Value::Object(_) if !keeps_unknown_fields(schema) => {
                Ok(Ty::Map(Box::new(self.lower_schema(values, path)?)))
            }
            _ => Ok(Ty::AnyObject),
        }
    }

    /// The name itself, unless another path has led to it: `a.bC` and `aB.c` are both `ABC`.
    fn free_name(&self, name: &str) -> String {
        let mut free = name.to_owned();
        while self.types.contains_key(&free) {
            free.push('_');
        }
        free
    }

    /// The type of this name in the OpenAPI document, which is lowered when first seen.
    pub(crate) fn lower_ref(&mut self, name: &str) -> Result<Ty, String> {
        if let Some(ty) = special(name) {
            return Ok(ty);
        }
        if !self.types.contains_key(name) {
            let schema = self.schemas.get(name).ok_or_else(|| format!("no type `{name}`"))?.clone();
            self.lower_properties(&schema, name)?;
        }
        Ok(Ty::Object(name.to_owned()))
    }

    /// Adds the type `name` with the properties of `schema` as its fields.
    fn lower_properties(&mut self, schema: &Value, name: &str) -> Result<(), String> {
        // Present before its fields are lowered: JSONSchemaProps holds itself.
        if self.types.insert(name.to_owned(), Type::default()).is_some() {
            return Err(format!("two types have the name `{name}`"));
        }
        let required: BTreeSet<&str> =
            items(&schema["required"]).iter().filter_map(Value::as_str).collect();
        let mut fields = Vec::new();
        for (field, property) in schema["properties"].as_object().into_iter().flatten() {
            let required = required.contains(field.as_str());
            fields.push(self.lower_field(field, property, required, name)?);
        }
        fields.sort_by(|a, b| a.name.cmp(&b.name));
        // A schema without any properties says nothing of the fields.
        let open = keeps_unknown_fields(schema) || (self.custom && fields.is_empty());
        self.types.insert(name.to_owned(), Type { fields, open });
        Ok(())
    }

    fn lower_field(
        &mut self,
        name: &str,
        schema: &Value,
        required: bool,
        owner: &str,
    ) -> Result<Field, String> {
        // A list's items carry the constraints of a value, the list itself those of a list.
        let value = schema.get("items").unwrap_or(schema);
        Ok(Field {
            name: name.to_owned(),
            ty: self.lower_schema(schema, &format!("{owner}{}", capitalised(name)))?,
            // The server puts the default there before it looks.
            required: required && !(self.custom && schema.get("default").is_some()),
            values: strings(&value["enum"]),
            default: default(schema),
            keys: strings(&schema["x-kubernetes-list-map-keys"]),
            set: schema["x-kubernetes-list-type"] == "set",
            limits: limits(schema, value),
        })
    }
}

/// The types that have a word of their own in the table.
fn special(name: &str) -> Option<Ty> {
    Some(match name.rsplit_once('.')?.1 {
        "IntOrString" => Ty::IntOrString,
        "Quantity" => Ty::Quantity,
        "Time" => Ty::Time,
        "MicroTime" => Ty::MicroTime,
        "RawExtension" | "FieldsV1" => Ty::AnyObject,
        "JSON" => Ty::Any,
        other if other.starts_with("JSONSchemaPropsOr") => Ty::Any,
        _ => return None,
    })
}

/// The default, unless it is its type's zero value: OpenAPI gives those to every Go field that is
/// no pointer, and nobody can tell them from an absent field.
fn default(schema: &Value) -> Option<Value> {
    let default = &schema["default"];
    let zero = match default {
        Value::Bool(b) => !b,
        Value::Number(n) => n.as_i64().is_none_or(|n| n == 0),
        Value::String(s) => s.is_empty(),
        _ => true,
    };
    (!zero).then(|| default.clone())
}

/// What a CRD's schema demands of a field and of its value.
fn limits(schema: &Value, value: &Value) -> Limits {
    let bound = |schema: &Value, key: &str| schema[key].as_i64();
    let number = |key: &str, exclusive: &str, step: i64| {
        let bound = bound(value, key)?;
        match value[exclusive] == true {
            // Between integers there is nothing.
            true if value["type"] == "integer" => bound.checked_add(step),
            _ => Some(bound),
        }
    };
    let count = |list: &str, map: &str| bound(schema, list).or_else(|| bound(schema, map));
    Limits {
        minimum: number("minimum", "exclusiveMinimum", 1),
        maximum: number("maximum", "exclusiveMaximum", -1),
        min_length: bound(value, "minLength"),
        max_length: bound(value, "maxLength"),
        min_items: count("minItems", "minProperties"),
        max_items: count("maxItems", "maxProperties"),
        pattern: value["pattern"].as_str().map(str::to_owned),
    }
}

/// The name that a schema refers to, by itself or as an `allOf` of one.
fn reference(schema: &Value) -> Option<&str> {
    let target = match schema["allOf"].as_array().map(Vec::as_slice) {
        Some([only]) => only,
        _ => schema,
    };
    target["$ref"].as_str()?.strip_prefix("#/components/schemas/")
}

/// Whether a schema allows fields that it doesn't have. An embedded object has an `apiVersion`, a
/// `kind` and `metadata` whatever its schema says.
fn keeps_unknown_fields(schema: &Value) -> bool {
    schema["x-kubernetes-preserve-unknown-fields"] == true
        || schema["x-kubernetes-embedded-resource"] == true
}

pub(crate) fn short(name: &str) -> &str {
    name.strip_prefix("io.k8s.").unwrap_or(name)
}

/// `secrets.hashicorp.com` is `com.hashicorp.secrets`.
fn reverse_dns(group: &str) -> String {
    group.rsplit('.').collect::<Vec<_>>().join(".")
}

fn capitalised(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}

pub(crate) fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn strings(value: &Value) -> Vec<String> {
    items(value).iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

pub(crate) fn text<'a>(value: &'a Value, key: &str) -> Result<&'a str, String> {
    value[key].as_str().ok_or_else(|| format!("no string `{key}`"))
}
