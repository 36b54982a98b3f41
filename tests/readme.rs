//! What the README and the other documents show is in the repository: every block of code that
//! names a file stands in that file, whole lines of it in their order, and every link leads
//! somewhere. The files themselves are built by other tests and by the example's own build.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may fail loudly")]

use std::fs;
use std::path::PathBuf;

const DOCUMENTS: &[&str] = &["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A fenced block: its language, the `file=` behind that, its text.
struct Block<'a> {
    language: &'a str,
    file: Option<&'a str>,
    text: String,
}

fn blocks(document: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut lines = document.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else { continue };
        let text: String = lines
            .by_ref()
            .take_while(|line| *line != "```")
            .flat_map(|line| [line, "\n"])
            .collect();
        let mut words = info.split_whitespace();
        let language = words.next().unwrap_or_default();
        let file = words.find_map(|word| word.strip_prefix("file="));
        blocks.push(Block { language, file, text });
    }
    blocks
}

#[test]
fn blocks_are_what_their_files_hold() {
    let mut shown = 0;
    for document in DOCUMENTS {
        for block in blocks(&read(document)) {
            let Some(file) = block.file else {
                let free = ["console", "sh", "text"].contains(&block.language);
                assert!(
                    free,
                    "{document}: a block of {} names no file:\n{}",
                    block.language, block.text
                );
                continue;
            };
            let held = format!("\n{}", read(file));
            assert!(
                held.contains(&format!("\n{}", block.text)),
                "{document} shows what {file} doesn't hold:\n{}",
                block.text
            );
            shown += 1;
        }
    }
    assert!(shown > 10, "only {shown} blocks name a file: is the form another now?");
}

/// The README's application of another team is complete.
#[test]
fn the_readme_shows_what_another_team_has_to_write() {
    let readme = read("README.md");
    let blocks = blocks(&readme);
    for file in
        ["Cargo.toml", "build.rs", "src/main.rs", "manifests/Cargo.toml", "manifests/src/lib.rs"]
    {
        let path = format!("examples/guestbook/{file}");
        let shown = blocks.iter().find(|block| block.file == Some(path.as_str()));
        let shown = shown.unwrap_or_else(|| panic!("the README doesn't show {path}"));
        assert_eq!(shown.text, read(&path), "{path} is shown whole");
    }
}

#[test]
fn links_lead_to_files_that_exist() {
    for document in DOCUMENTS {
        let text = read(document);
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if target.starts_with("http") || target.starts_with('#') {
                continue;
            }
            let path = target.split('#').next().unwrap();
            assert!(root().join(path).exists(), "{document} links to {path}, which isn't there");
        }
    }
}

/// Files that CONTRIBUTING.md and ARCHITECTURE.md name in code are there.
#[test]
fn paths_in_the_documents_exist() {
    for document in ["ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let text = read(document);
        for code in text.split('`').skip(1).step_by(2) {
            let is_path = code.contains('/')
                && !code.starts_with('/')
                && !code.contains([' ', '<', '*', '\n', '(', ':']);
            if is_path && !code.starts_with("../") && !code.starts_with("target/") {
                assert!(root().join(code).exists(), "{document} names {code}");
            }
        }
    }
}
