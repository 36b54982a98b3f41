//! No secret stands in `k8s/`: what `git grep` finds there for the words of secrets are names of keys
//! that Vault holds the values of.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

/// What is searched for, in lower case.
const WORDS: &[&str] = &["password", "secret_key", "access_key", "database_url"];

/// Every line of every file of `k8s/`.
fn lines(dir: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => lines(&path, found),
            false => found.extend(fs::read_to_string(path).unwrap().lines().map(str::to_owned)),
        }
    }
}

/// Whether a word of secrets stands in a line as anything but the name of a key: in a comment, as a
/// name or key, or as a variable of the shell.
fn tells(line: &str) -> bool {
    let line = line.trim_start();
    if line.starts_with('#') {
        return false;
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    words.iter().enumerate().any(|(index, word)| {
        let lower = word.to_lowercase();
        if !WORDS.iter().any(|secret| lower.contains(secret)) {
            return false;
        }
        let is_key = |text: &str| {
            text.bytes().all(|b| b.is_ascii_uppercase() || matches!(b, b'_' | b'0'..=b'9'))
        };
        let names_it = index > 0 && matches!(words[index - 1], "name:" | "key:") && is_key(word);
        let refers = word.strip_prefix('$').is_some_and(is_key);
        !(names_it || refers)
    })
}

#[test]
fn k8s_has_names_of_secrets_and_no_values() {
    let mut all = Vec::new();
    lines(&Path::new(env!("CARGO_MANIFEST_DIR")).join("k8s"), &mut all);
    let telling: Vec<&String> = all.iter().filter(|line| tells(line)).collect();
    assert!(telling.is_empty(), "{telling:#?}");
    // The search finds what it is for.
    let named = |line: &&String| line.contains("MINIO_ROOT_PASSWORD");
    assert!(all.iter().filter(named).count() >= 6);
}

#[test]
fn a_value_is_told_from_a_name() {
    for line in [
        "password: hunter2",
        "- name: DATABASE_URL=postgres://a",
        "mc alias set local http://minio password",
        "  S3_SECRET_ACCESS_KEY: abc",
        "key: my-password",
    ] {
        assert!(tells(line), "{line}");
    }
    for line in ["- name: MINIO_ROOT_PASSWORD", "  # - OWNER_PASSWORD", "a $MINIO_ROOT_PASSWORD b"]
    {
        assert!(!tells(line), "{line}");
    }
}
