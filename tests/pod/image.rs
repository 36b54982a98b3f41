//! What the final stage of a Dockerfile makes of a build context: its files, laid out below a
//! folder that stands for `/`, and what it says of the process.
//!
//! Knows no manifest. Whatever it doesn't understand is a failure, never passed over.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use parse_dockerfile::{Command, Instruction, Source, UnescapedString};

/// The final stage.
pub(crate) struct Image {
    /// What it is made from: `python:3.12-slim`.
    pub(crate) base: String,
    /// The folder of the process, absolute.
    pub(crate) workdir: String,
    /// The user, as `USER` says it.
    pub(crate) user: String,
    /// The ports of `EXPOSE`.
    pub(crate) ports: Vec<u64>,
    /// The variables of `ENV`.
    pub(crate) env: BTreeMap<String, String>,
    /// `ENTRYPOINT`.
    pub(crate) entrypoint: Vec<String>,
    /// `CMD`.
    pub(crate) cmd: Vec<String>,
    /// The folders that come from other stages.
    pub(crate) from_stages: Vec<String>,
    copies: Vec<Copy>,
}

/// A `COPY` from the build context.
struct Copy {
    sources: Vec<String>,
    /// Absolute; ends with `/` where it is a folder for certain.
    to: String,
}

impl Image {
    /// Reads the final stage of a Dockerfile.
    pub(crate) fn read(dockerfile: &Path) -> Image {
        let text = fs::read_to_string(dockerfile).unwrap();
        let dockerfile = parse_dockerfile::parse(&text).unwrap();
        let stage = dockerfile.stages().last().unwrap();
        let mut image = Image {
            base: stage.from.image.value.to_string(),
            workdir: "/".to_owned(),
            user: "root".to_owned(),
            ports: Vec::new(),
            env: BTreeMap::new(),
            entrypoint: Vec::new(),
            cmd: Vec::new(),
            from_stages: Vec::new(),
            copies: Vec::new(),
        };
        for instruction in stage.instructions {
            image.apply(instruction);
        }
        image
    }

    fn apply(&mut self, instruction: &Instruction<'_>) {
        match instruction {
            // What commands do to the base isn't repeated: it makes the user here.
            Instruction::Run(_) => {}
            Instruction::Workdir(workdir) => self.workdir = self.absolute(&workdir.arguments.value),
            Instruction::User(user) => self.user = user.arguments.value.to_string(),
            Instruction::Expose(expose) => {
                self.ports.extend(expose.arguments.iter().map(|p| p.value.parse::<u64>().unwrap()));
            }
            Instruction::Env(env) => {
                for pair in env.arguments.value.split_whitespace() {
                    let (name, value) = pair.split_once('=').unwrap();
                    assert!(!value.contains(['"', '\'', '\\']), "quotes in `ENV {pair}`");
                    self.env.insert(name.to_owned(), value.to_owned());
                }
            }
            Instruction::Copy(copy) => {
                let mut to = self.absolute(&copy.dest.value);
                if copy.options.iter().any(|option| option.name.value == "from") {
                    self.from_stages.push(to);
                    return;
                }
                let sources: Vec<String> = copy.src.iter().map(path).collect();
                if sources.len() > 1 && !to.ends_with('/') {
                    to.push('/');
                }
                self.copies.push(Copy { sources, to });
            }
            Instruction::Entrypoint(entrypoint) => self.entrypoint = exec(&entrypoint.arguments),
            Instruction::Cmd(cmd) => self.cmd = exec(&cmd.arguments),
            other => panic!("this test doesn't know what becomes of {other:?}"),
        }
    }

    /// A path of the image, from `WORKDIR`.
    fn absolute(&self, path: &str) -> String {
        assert!(!path.contains('$'), "a variable in the path {path}");
        match path.strip_prefix("./").unwrap_or(path) {
            "." => format!("{}/", self.workdir),
            path if path.starts_with('/') => path.to_owned(),
            path => format!("{}/{path}", self.workdir.trim_end_matches('/')),
        }
    }

    /// Copies what the stage copies from the build context, but for these sources, into `root`.
    pub(crate) fn lay_out(&self, context: &Path, root: &Path, without: &[&str]) {
        let files = context_files(context);
        let copies = self.copies.iter().flat_map(|copy| copy.sources.iter().map(|s| (s, &copy.to)));
        for (source, to) in copies.filter(|(source, _)| !without.contains(&source.as_str())) {
            let mut copied = 0;
            let folder = source.trim_end_matches('/');
            for file in &files {
                // The content of a folder, not the folder itself.
                let target = match file.strip_prefix(folder) {
                    Some("") if to.ends_with('/') => format!("{to}{}", file_name(file)),
                    Some("") => to.clone(),
                    Some(inner) if inner.starts_with('/') => {
                        format!("{}{inner}", to.trim_end_matches('/'))
                    }
                    _ => continue,
                };
                let target = inside(root, &target);
                fs::create_dir_all(target.parent().unwrap()).unwrap();
                fs::copy(context.join(file), target).unwrap();
                copied += 1;
            }
            assert!(copied > 0, "`COPY {source}`: the build context has no such thing");
        }
    }
}

/// Where a path of the image is, if its `/` is this folder.
pub(crate) fn inside(root: &Path, path: &str) -> PathBuf {
    root.join(path.trim_matches('/'))
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap()
}

fn path(source: &Source<'_>) -> String {
    let Source::Path(UnescapedString { value, .. }) = source else {
        panic!("a here-document is copied: {source:?}")
    };
    assert!(!value.contains(['*', '?', '[', '$']), "a pattern is copied: {value}");
    value.strip_prefix("./").unwrap_or(value).to_owned()
}

/// The words of the exec form. A shell of the other form wouldn't pass signals on.
fn exec(command: &Command<'_>) -> Vec<String> {
    match command {
        Command::Exec(words) => words.value.iter().map(|word| word.value.to_string()).collect(),
        other => panic!("not in exec form: {other:?}"),
    }
}

/// The files that a build can copy: those that `.dockerignore` leaves in the context.
fn context_files(context: &Path) -> Vec<String> {
    fn walk(dir: &Path, prefix: &str, found: &mut Vec<String>) {
        for entry in fs::read_dir(dir).unwrap().map(Result::unwrap) {
            let path = format!("{prefix}{}", entry.file_name().to_str().unwrap());
            match entry.file_type().unwrap().is_dir() {
                true => walk(&entry.path(), &format!("{path}/"), found),
                false => found.push(path),
            }
        }
    }
    let ignore = fs::read_to_string(context.join(".dockerignore")).unwrap_or_default();
    let patterns: Vec<&str> = ignore
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    let mut files = Vec::new();
    walk(context, "", &mut files);
    files.retain(|file| !is_ignored(file, &patterns));
    files.sort();
    files
}

/// The last pattern counts that matches the path or a folder above it.
fn is_ignored(path: &str, patterns: &[&str]) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    let mut ignored = false;
    for pattern in patterns {
        let keeps = pattern.strip_prefix('!');
        let words: Vec<&str> = keeps.unwrap_or(pattern).trim_matches('/').split('/').collect();
        if (1..=parts.len()).any(|depth| matches(&words, &parts[..depth])) {
            ignored = keeps.is_none();
        }
    }
    ignored
}

fn matches(pattern: &[&str], path: &[&str]) -> bool {
    match (pattern, path) {
        (["**", rest @ ..], _) => (0..=path.len()).any(|skip| matches(rest, &path[skip..])),
        ([word, pattern @ ..], [name, path @ ..]) => {
            word_matches(word, name) && matches(pattern, path)
        }
        _ => pattern.is_empty() && path.is_empty(),
    }
}

fn word_matches(word: &str, name: &str) -> bool {
    assert!(!word.contains(['?', '[', '\\']), "this test doesn't know the pattern {word}");
    match word.split_once('*') {
        None => word == name,
        Some((start, rest)) => name.strip_prefix(start).is_some_and(|name| {
            (0..=name.len()).any(|at| name.is_char_boundary(at) && word_matches(rest, &name[at..]))
        }),
    }
}

#[test]
fn patterns_of_dockerignore_leave_out_what_docker_leaves_out() {
    let patterns = ["*", "!app", "**/__pycache__", "app/*.md", "!app/keep.md"];
    for (path, ignored) in [
        ("README.md", true),
        ("application/main.py", true),
        ("app/main.py", false),
        ("app/inner/main.py", false),
        ("app/inner/__pycache__/main.pyc", true),
        ("app/notes.md", true),
        ("app/inner/notes.md", false),
        ("app/keep.md", false),
    ] {
        assert_eq!(is_ignored(path, &patterns), ignored, "{path}");
    }
}
