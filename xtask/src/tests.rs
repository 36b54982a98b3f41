//! What a schema becomes in the table: schemas in, lines of Rust out.

#![allow(clippy::unwrap_used)]

use serde_json::{Value, json};

use crate::lower::Facts;
use crate::print::print_table;

/// The facts of one kind, `v1 Thing`, with the field `x` of this schema.
fn openapi(x: &Value) -> Facts {
    let gvk = json!({ "group": "", "version": "v1", "kind": "Thing" });
    Facts::from_openapi(&json!({
        "kubernetes": "1.0",
        "scope": [{ "group": "", "version": "v1", "kind": "Thing", "scope": "Cluster" }],
        "types": {
            "io.k8s.api.core.v1.Thing": {
                "type": "object",
                "required": ["y"],
                "properties": { "y": { "type": "string", "default": "" }, "x": x },
                "x-kubernetes-group-version-kind": [gvk],
            },
            "io.k8s.api.core.v1.Unreached": { "type": "object" },
            "io.k8s.api.core.v1.Empty": { "type": "object" },
            "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta": { "type": "object" },
            "io.k8s.apimachinery.pkg.apis.meta.v1.Time": { "type": "string" },
        },
    }))
    .unwrap()
}

fn crd(schema: &Value) -> Value {
    json!({ "spec": {
        "group": "things.example.com",
        "scope": "Namespaced",
        "names": { "kind": "Gadget" },
        "versions": [
            { "name": "v1", "served": true, "schema": { "openAPIV3Schema": schema } },
            { "name": "v1alpha1", "served": false, "schema": {} },
        ],
    }})
}

/// The lines of the static that begins with `head`, without that line and the last.
fn body(table: &str, head: &str) -> Vec<String> {
    let head = format!("static {head}: TypeDef");
    let lines = table.lines().skip_while(|line| !line.starts_with(&head)).skip(1);
    lines.take_while(|line| *line != "]);").map(|line| line.trim().to_owned()).collect()
}

#[test]
fn openapi_field() {
    let to = |name: &str| json!({ "$ref": format!("#/components/schemas/io.k8s.{name}") });
    let cases = [
        (json!({}), r#"f("x", "x", Any)"#),
        (json!({ "type": "integer" }), r#"f("x", "x", Int64)"#),
        (json!({ "type": "integer", "format": "int32" }), r#"f("x", "x", Int32)"#),
        (json!({ "type": "string", "format": "byte" }), r#"f("x", "x", Bytes)"#),
        (json!({ "type": "object" }), r#"f("x", "x", AnyObject)"#),
        (to("api.core.v1.Empty"), r#"f("x", "x", Object(&API_CORE_V1_EMPTY))"#),
        (json!({ "allOf": [to("apimachinery.pkg.apis.meta.v1.Time")] }), r#"f("x", "x", Time)"#),
        (
            json!({ "type": "object", "additionalProperties": { "type": "array",
                "items": { "type": "string" } } }),
            r#"f("x", "x", Map(&List(&String)))"#,
        ),
        (
            json!({ "type": "string", "enum": ["A", "B"], "default": "A" }),
            r#"Field { values: &["A", "B"], default: Some(Scalar::Str("A")), ..f("x", "x", String) }"#,
        ),
        (json!({ "type": "boolean", "default": false }), r#"f("x", "x", Bool)"#),
        (
            json!({ "type": "integer", "default": 3 }),
            r#"Field { default: Some(Scalar::Int(3)), ..f("x", "x", Int64) }"#,
        ),
        (
            json!({ "type": "array", "x-kubernetes-list-type": "set",
                "items": { "type": "string", "enum": ["A"] } }),
            r#"Field { values: &["A"], set: true, ..f("x", "x", List(&String)) }"#,
        ),
        (
            json!({ "type": "array", "x-kubernetes-list-type": "map",
                "x-kubernetes-list-map-keys": ["name"], "items": to("api.core.v1.Empty") }),
            r#"Field { keys: &["name"], ..f("x", "x", List(&Object(&API_CORE_V1_EMPTY))) }"#,
        ),
    ];
    for (schema, line) in cases {
        let table = print_table(&openapi(&schema));
        let y = r#"Field { required: true, ..f("y", "y", String) },"#.to_owned();
        assert_eq!(body(&table, "API_CORE_V1_THING"), [format!("{line},"), y], "{schema}");
    }
}

#[test]
fn unreached_type_is_left_out() {
    let table = print_table(&openapi(&json!({ "type": "string" })));
    assert!(table.contains("API_CORE_V1_THING"));
    assert!(!table.contains("API_CORE_V1_UNREACHED"));
}

#[test]
fn crd_fields() {
    let mut facts = openapi(&json!({}));
    let schema = json!({ "type": "object", "properties": { "spec": { "type": "object",
        "required": ["size", "set"],
        "properties": {
            "size": { "type": "integer", "minimum": 1 },
            "unit": { "type": "string", "pattern": "^[a-z]$" },
            "set": { "type": "integer", "default": 0 },
            "raw": { "type": "object", "x-kubernetes-preserve-unknown-fields": true },
            "port": { "x-kubernetes-int-or-string": true },
            "parts": { "type": "array", "items": { "type": "object", "properties": {} } },
        },
    }}});
    facts.add_crd(&crd(&schema)).unwrap();
    let table = print_table(&facts);
    assert!(table.contains(
        "&Kind { group: \"things.example.com\", version: \"v1\", kind: \"Gadget\", snake: \"gadget\", \
         namespaced: true, custom: true, ty: &COM_EXAMPLE_THINGS_V1_GADGET },"
    ));
    assert!(!table.contains("v1alpha1"));
    assert_eq!(
        body(&table, "COM_EXAMPLE_THINGS_V1_GADGET"),
        [
            r#"f("apiVersion", "api_version", String),"#,
            r#"f("kind", "kind", String),"#,
            r#"f("metadata", "metadata", Object(&APIMACHINERY_PKG_APIS_META_V1_OBJECT_META)),"#,
            r#"f("spec", "spec", Object(&COM_EXAMPLE_THINGS_V1_GADGET_SPEC)),"#,
        ]
    );
    assert_eq!(
        body(&table, "COM_EXAMPLE_THINGS_V1_GADGET_SPEC"),
        [
            r#"f("parts", "parts", List(&Object(&COM_EXAMPLE_THINGS_V1_GADGET_SPEC_PARTS))),"#,
            r#"f("port", "port", IntOrString),"#,
            r#"f("raw", "raw", AnyObject),"#,
            r#"f("set", "set", Int64),"#,
            r#"Field { required: true, limits: Some(&Limits { minimum: Some(1), ..Limits::NONE }), ..f("size", "size", Int64) },"#,
            r#"Field { limits: Some(&Limits { pattern: Some("^[a-z]$"), ..Limits::NONE }), ..f("unit", "unit", String) },"#,
        ]
    );
}

#[test]
fn what_is_no_crd_is_refused() {
    let mut facts = openapi(&json!({}));
    assert_eq!(facts.add_crd(&json!({ "kind": "Pod" })), Err("no string `group`".to_owned()));
    facts.add_crd(&crd(&json!({ "type": "object" }))).unwrap();
    let twice = facts.add_crd(&crd(&json!({ "type": "object" })));
    assert!(twice.unwrap_err().contains("two types have the name"));
}
