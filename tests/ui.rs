//! Every mistake of `tests/ui/<topic>/` gives the errors of the `.stderr` beside it, and those are
//! written as the style guide says.
//!
//! `TRYBUILD=overwrite cargo test --test ui` writes them anew: read the diff as the person who
//! made the mistake before committing it. What must compile is in `ui_pass.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may fail loudly")]

use std::fs;
use std::path::{Path, PathBuf};

use reactbin_check::lints::{self, LINTS};

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/ui");

/// Errors at a macro's name: a declaration without a token, and a second `app!`, whose function
/// rustc shows from `pub` to the name of a type of ours.
const AT_THE_MACRO: &[&str] = &["app/twice", "fields/missing_everything"];

/// What rustc's lexer and parser say before a macro is called, or of an expression in `( )`.
const RUSTCS: &[&str] =
    &["expressions/not_an_expression", "syntax/exa_suffix", "syntax/unclosed_brace"];

/// The folders with mistakes in them.
fn topics() -> Vec<PathBuf> {
    let mut topics: Vec<PathBuf> = fs::read_dir(CASES)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir() && !path.ends_with("pass"))
        .collect();
    topics.sort();
    topics
}

/// The name and the text of every `.stderr`.
fn outputs() -> Vec<(String, String)> {
    let mut outputs = Vec::new();
    for topic in topics() {
        let mut files: Vec<PathBuf> =
            fs::read_dir(&topic).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        for file in files.iter().filter(|file| file.extension().is_some_and(|end| end == "stderr"))
        {
            let name = file.with_extension("").strip_prefix(CASES).unwrap().display().to_string();
            outputs.push((name, fs::read_to_string(file).unwrap()));
        }
    }
    assert!(outputs.len() >= 70, "only {} cases", outputs.len());
    outputs
}

/// The errors of an output: the first line of each, and what follows it.
fn errors(output: &str) -> Vec<(&str, &str)> {
    let starts: Vec<usize> = output
        .match_indices("error")
        .map(|(at, _)| at)
        .filter(|&at| at == 0 || output[..at].ends_with("\n\n"))
        .collect();
    let ends = starts.iter().copied().skip(1).chain([output.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(&start, end)| {
            output[start..end].split_once('\n').unwrap_or((&output[start..end], ""))
        })
        .collect()
}

/// The message of an error of ours; `None` for one that rustc words.
fn our_message(first_line: &str) -> Option<&str> {
    first_line
        .strip_prefix("error[E0080]: evaluation panicked: ")
        .or_else(|| first_line.strip_prefix("error: "))
}

/// Puts the Dockerfiles where their paths are taken from: trybuild's package is in the target
/// directory.
fn put_context() {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let package = target.join("tests/trybuild").join(env!("CARGO_PKG_NAME"));
    copy(&Path::new(CASES).join("image/context"), &package.join("context"));
}

fn copy(from: &Path, to: &Path) {
    if from.is_file() {
        fs::copy(from, to).unwrap();
        return;
    }
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        copy(&entry.path(), &to.join(entry.file_name()));
    }
}

#[test]
fn every_mistake_is_told_at_its_token() {
    put_context();
    let cases = trybuild::TestCases::new();
    for topic in topics() {
        cases.compile_fail(topic.join("*.rs").strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap());
    }
}

#[test]
fn no_error_stands_at_a_macros_name() {
    for (name, output) in outputs() {
        let originates = output.contains("this error originates in the macro");
        assert_eq!(originates, AT_THE_MACRO.contains(&name.as_str()), "{name}");
    }
}

#[test]
fn messages_keep_the_conventions() {
    for (name, output) in outputs() {
        if RUSTCS.contains(&name.as_str()) {
            continue;
        }
        for (first, rest) in errors(&output) {
            let Some(message) = our_message(first) else { continue };
            check_line(&name, message);
            let helps: Vec<&str> =
                rest.lines().filter_map(|line| line.trim().strip_prefix("help: ")).collect();
            assert_eq!(helps.len(), 1, "{name}: `{message}` has no help, or too much of it");
            check_line(&name, helps[0]);
        }
    }
}

/// Lower-case start unless a kind stands there, no final period, paired backticks.
fn check_line(name: &str, line: &str) {
    let word = line.split(' ').next().unwrap_or_default();
    let kind = ["Deployment", "Ingress", "Job", "Namespace", "Service"].contains(&word);
    assert!(kind || !word.starts_with(char::is_uppercase), "{name}: starts in upper case: {line}");
    assert!(!line.ends_with('.'), "{name}: ends with a period: {line}");
    assert_eq!(line.matches('`').count() % 2, 0, "{name}: an unpaired backtick: {line}");
    assert!(!line.contains("  "), "{name}: two spaces: {line}");
}

/// Lints that no declaration of the DSL can break: kinds that have no schema here, and the order of
/// keys in a text.
const NOT_IN_THE_DSL: &[&str] = &["extensions_v1beta", "privileged_scc", "unsorted_keys"];

/// What an author sees of each lint that one declaration can break: a case of it says how it is
/// waived.
#[test]
fn every_lint_has_a_case() {
    let outputs = outputs();
    for known in lints::all() {
        let id = known.rule.id;
        let late = known.rule.check.is_none() && !known.rule.bad.is_empty() && is_own(id);
        if late || NOT_IN_THE_DSL.contains(&id) {
            continue;
        }
        let waiver = format!("`#[allow({id}, reason = \"…\")]`");
        let shown = outputs.iter().any(|(_, text)| text.contains(&waiver));
        assert!(shown, "no case shows {id}");
        if is_own(id) {
            let case = outputs.iter().find(|(name, _)| *name == format!("lints/{id}"));
            assert!(case.is_some_and(|(_, text)| text.contains(&waiver)), "{id} has no case");
        }
    }
}

/// Whether a lint is one of the table of lints, rather than a rule that can be waived.
fn is_own(id: &str) -> bool {
    LINTS.iter().any(|lint| lint.rule.id == id)
}
