//! Three independent readers, brought to one notation so that they can be compared.
//!
//! The notation spells strings in hexadecimal and sorts a map's entries, nulls left out:
//! `{6b:i1,6c:[s61,n,t]}`; a float is its bits.

use std::fmt::Write;

use reactbin_check::tree::{NodeId, Tree, Value};
use reactbin_dsl::yaml::{Comments, write_document};
use saphyr::{LoadableYamlNode, Scalar, Yaml};

use crate::tools;

const PYTHON: &str = r#"
import json, struct, sys, yaml

def notation(value):
    if value is None: return "n"
    if value is True: return "t"
    if value is False: return "f"
    if isinstance(value, int): return "i%d" % value
    if isinstance(value, float): return "d" + struct.pack(">d", value).hex()
    if isinstance(value, str): return "s" + value.encode().hex()
    if isinstance(value, list): return "[" + ",".join(map(notation, value)) + "]"
    if isinstance(value, dict):
        entries = [(notation(key), notation(item)) for key, item in value.items() if item is not None]
        return "{" + ",".join(key + ":" + item for key, item in sorted(entries)) + "}"
    return repr(value)

loader = yaml.SafeLoader if sys.argv[1] == "pure" else getattr(yaml, "CSafeLoader", yaml.SafeLoader)
for line in open(sys.argv[2], encoding="ascii"):
    try:
        print(notation(yaml.load(bytes.fromhex(line).decode(), loader)))
    except Exception as error:
        print(repr(error))
"#;

/// Fails unless every reader gets every document's tree back.
pub(crate) fn assert_survives(name: &str, documents: &[(Tree, NodeId, Comments)]) {
    let written: Vec<String> = documents
        .iter()
        .map(|(tree, root, comments)| {
            let mut out = String::new();
            write_document(&mut out, tree, *root, comments);
            assert!(out.ends_with('\n'), "{out}");
            out
        })
        .collect();
    let expected: Vec<String> =
        documents.iter().map(|(tree, root, _)| of_tree(tree, *root)).collect();
    assert!(!expected.is_empty());
    for (yaml, expected) in written.iter().zip(&expected) {
        assert_same("serde_yaml", yaml, &by_serde_yaml(yaml), expected);
        assert_same("saphyr", yaml, &by_saphyr(yaml), expected);
    }
    // Its own scanner takes 20 times as long as libyaml's.
    let scanner = if written.len() > 100 { "libyaml" } else { "pure" };
    let input: String = written.iter().map(|yaml| format!("{}\n", hex(yaml))).collect();
    if let Some(answers) = tools::python(name, PYTHON, scanner, &input) {
        assert_eq!(answers.lines().count(), written.len(), "{answers}");
        for ((yaml, expected), answer) in written.iter().zip(&expected).zip(answers.lines()) {
            assert_same("PyYAML", yaml, answer, expected);
        }
    }
}

/// Compares two notations and shows only where they part.
fn assert_same(reader: &str, yaml: &str, got: &str, expected: &str) {
    if got == expected {
        return;
    }
    let same = got.bytes().zip(expected.bytes()).take_while(|(got, want)| got == want).count();
    let from = |text: &str| {
        text.get(same.saturating_sub(60)..).unwrap_or("").chars().take(300).collect::<String>()
    };
    panic!("{reader} reads\n  {}\nfor\n  {}\nin\n{yaml}", from(got), from(expected));
}

fn hex(text: &str) -> String {
    text.bytes().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

fn string(text: &str) -> String {
    format!("s{}", hex(text))
}

fn float(value: f64) -> String {
    format!("d{:016x}", value.to_bits())
}

fn bool(value: bool) -> String {
    if value { "t" } else { "f" }.to_owned()
}

fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(","))
}

fn map(entries: impl Iterator<Item = (String, String)>) -> String {
    let mut entries: Vec<_> = entries.filter(|(_, value)| value != "n").collect();
    entries.sort();
    let entries: Vec<_> = entries.iter().map(|(key, value)| format!("{key}:{value}")).collect();
    format!("{{{}}}", entries.join(","))
}

fn of_tree(tree: &Tree, id: NodeId) -> String {
    match tree.get(id) {
        Value::Null | Value::Unknown => "n".to_owned(),
        Value::Bool(value) => bool(value),
        Value::Int(value) => format!("i{value}"),
        Value::Float(value) => float(value),
        Value::Str(text) => string(text),
        Value::List(items) => list(items.iter().map(|item| of_tree(tree, *item))),
        Value::Map(entries) => {
            map(entries.iter().map(|entry| (of_tree(tree, entry.key), of_tree(tree, entry.value))))
        }
    }
}

fn by_serde_yaml(yaml: &str) -> String {
    fn notation(value: &serde_yaml::Value) -> String {
        use serde_yaml::Value;
        match value {
            Value::Null => "n".to_owned(),
            Value::Bool(value) => bool(*value),
            Value::Number(number) => match number.as_i64() {
                Some(value) => format!("i{value}"),
                None => float(number.as_f64().unwrap_or(f64::NAN)),
            },
            Value::String(text) => string(text),
            Value::Sequence(items) => list(items.iter().map(notation)),
            Value::Mapping(entries) => {
                map(entries.iter().map(|(key, value)| (notation(key), notation(value))))
            }
            Value::Tagged(tagged) => format!("{tagged:?}"),
        }
    }
    serde_yaml::from_str(yaml).map_or_else(|error| error.to_string(), |value| notation(&value))
}

fn by_saphyr(yaml: &str) -> String {
    fn notation(value: &Yaml<'_>) -> String {
        match value {
            Yaml::Value(Scalar::Null) => "n".to_owned(),
            Yaml::Value(Scalar::Boolean(value)) => bool(*value),
            Yaml::Value(Scalar::Integer(value)) => format!("i{value}"),
            Yaml::Value(Scalar::FloatingPoint(value)) => float(value.into_inner()),
            Yaml::Value(Scalar::String(text)) => string(text),
            Yaml::Sequence(items) => list(items.iter().map(notation)),
            Yaml::Mapping(entries) => {
                map(entries.iter().map(|(key, value)| (notation(key), notation(value))))
            }
            other => format!("{other:?}"),
        }
    }
    match Yaml::load_from_str(yaml) {
        Ok(documents) => documents.iter().map(notation).collect(),
        Err(error) => error.to_string(),
    }
}
