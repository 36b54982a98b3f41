//! How long a check takes: the first one of a process, which a compiler pays for each crate that
//! declares manifests, and the average of many: without lints, with those that are on by default, and
//! with all.
//!
//! `cargo run -p reactbin-check --example speed`

use std::time::Instant;

use reactbin_check::lints::across::survey;
use reactbin_check::{Entry, Level, Levels, Naming, NodeId, Options, Tree, check_object, rules};
use serde_yaml::Value;

fn main() {
    let bad = rules::all().map(|rule| rule.good).filter(|text| text.contains("kind: Deployment"));
    let mut trees: Vec<(Tree, NodeId)> = Vec::new();
    for text in bad {
        let value: Value = serde_yaml::from_str(text).unwrap_or_default();
        let mut tree = Tree::new();
        let root = push(&mut tree, &value);
        trees.push((tree, root));
    }
    let options = Options::new(Naming::Camel);
    let started = Instant::now();
    let first = trees.first().map_or(0, |(tree, root)| check_object(tree, *root, &options).len());
    println!("first object: {:?} ({first} findings)", started.elapsed());
    let all = Levels::of_all(Level::Warn);
    for (name, levels) in [
        ("no lints", Levels::none()),
        ("lints by default", Levels::defaults()),
        ("all lints", &all),
    ] {
        measure(&trees, name, &Options { levels, ..options });
    }
}

fn measure(trees: &[(Tree, NodeId)], name: &str, options: &Options<'_>) {
    let started = Instant::now();
    let rounds = 200;
    let mut found = 0;
    for _ in 0..rounds {
        found += trees
            .iter()
            .map(|(tree, root)| check_object(tree, *root, options).len())
            .sum::<usize>();
    }
    let each = started.elapsed() / (rounds * trees.len().max(1)) as u32;
    println!("{name}: {} objects, {rounds} times: {each:?} each ({found} findings)", trees.len());
    let survey_all = || {
        let surveys = trees.iter().map(|(tree, root)| survey(tree, *root, options));
        surveys.map(|survey| survey.questions.len()).sum::<usize>()
    };
    let started = Instant::now();
    let asked: usize = (0..rounds).map(|_| survey_all()).sum();
    let each = started.elapsed() / (rounds * trees.len().max(1)) as u32;
    println!("{name}: surveyed for what crosses objects: {each:?} each ({asked} questions)");
}

fn push(tree: &mut Tree, value: &Value) -> NodeId {
    match value {
        Value::Bool(value) => tree.push_bool(*value),
        Value::Number(number) => match number.as_i64() {
            Some(number) => tree.push_int(number),
            None => tree.push_float(number.as_f64().unwrap_or_default()),
        },
        Value::String(text) => tree.push_str(text),
        Value::Sequence(items) => {
            let items: Vec<NodeId> = items.iter().map(|item| push(tree, item)).collect();
            tree.push_list(&items)
        }
        Value::Mapping(map) => {
            let entries: Vec<Entry> = map
                .iter()
                .map(|(key, value)| Entry {
                    key: tree.push_str(key.as_str().unwrap_or_default()),
                    value: push(tree, value),
                })
                .collect();
            tree.push_map(&entries)
        }
        _ => tree.push_null(),
    }
}
