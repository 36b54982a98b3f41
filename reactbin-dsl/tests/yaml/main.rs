//! What the YAML writer writes means the same to independent readers, and yamllint is silent.
//!
//! The readers are serde_yaml (YAML 1.1's syntax, 1.2's scalars), saphyr (YAML 1.2) and PyYAML
//! (YAML 1.1); where Python, PyYAML or yamllint is missing, a line says that they were skipped.

#![allow(clippy::unwrap_used, clippy::panic)]

mod readers;
mod samples;
mod tools;

use reactbin_check::tree::{Entry, NodeId, Tree};
use reactbin_dsl::yaml::{Comments, write_document};
use readers::assert_survives;
use samples::Random;

/// A document that holds each string as an item, as a value, as a list's map's first value and as
/// a key.
fn document_of(strings: &[String]) -> (Tree, NodeId) {
    let mut tree = Tree::new();
    let mut items = Vec::new();
    let mut keys = Vec::new();
    for (index, text) in strings.iter().enumerate() {
        let item = tree.push_str(text);
        let name = tree.push_str("name");
        let value = tree.push_str(text);
        let map = tree.push_map(&[Entry { key: name, value }]);
        items.extend([item, map]);
        let key = tree.push_str(text);
        let value = tree.push_int(index as i64);
        keys.push(Entry { key, value });
    }
    let items = tree.push_list(&items);
    let keys = tree.push_map(&keys);
    let root = [("values", items), ("keys", keys)];
    let root = root.map(|(key, value)| Entry { key: tree.push_str(key), value });
    let root = tree.push_map(&root);
    (tree, root)
}

/// Spreads the strings over documents of a few hundred.
fn documents_of(strings: &[String]) -> Vec<(Tree, NodeId, Comments)> {
    let document = |strings: &[String]| {
        let (tree, root) = document_of(strings);
        (tree, root, Comments::default())
    };
    strings.chunks(400).map(document).collect()
}

#[test]
fn every_short_string_survives_as_value_and_key() {
    assert_survives("short", &documents_of(&samples::short_strings()));
}

#[test]
fn every_word_with_a_meaning_survives_in_all_letter_cases() {
    assert_survives("words", &documents_of(&samples::words()));
}

#[test]
fn random_strings_survive() {
    let mut random = Random::new(1);
    let mut strings: Vec<String> = (0..800).map(|_| random.text(300)).collect();
    strings.sort();
    strings.dedup();
    let documents = documents_of(&strings);
    assert_survives("random-strings", &documents);
    tools::assert_lint_is_silent("random-strings", &documents);
}

#[test]
fn random_trees_survive_with_any_comment() {
    let mut random = Random::new(2);
    let documents: Vec<_> = (0..300)
        .map(|_| {
            let mut tree = Tree::new();
            let root = random.tree(&mut tree, 0);
            let comments = random.comments(&tree);
            (tree, root, comments)
        })
        .collect();
    assert_survives("random-trees", &documents);
    tools::assert_lint_is_silent("random-trees", &documents);
}

#[test]
fn equal_input_gives_equal_bytes() {
    let write = || {
        let mut random = Random::new(3);
        let mut tree = Tree::new();
        let root = random.tree(&mut tree, 0);
        let comments = random.comments(&tree);
        let mut out = String::new();
        write_document(&mut out, &tree, root, &comments);
        out
    };
    assert_eq!(write(), write());
}
