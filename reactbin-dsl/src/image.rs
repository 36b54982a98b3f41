//! An image that `image!` declares: what is known of it, and its answers to what containers ask.
//!
//! The answers are given while rustc evaluates constants, and once more when values are known
//! that no constant tells. Must not know where a question stands.

use reactbin_check::ask::Ask;

use crate::declaration::Slot;
use crate::demand::text::{Text, same};

pub(crate) mod check;

/// An image, as its macro expanded it.
#[derive(Debug)]
pub struct Image {
    /// What stands in a container's `image`.
    pub reference: Slot,
    /// The path of the Dockerfile, as its author wrote it; empty where there is none.
    pub dockerfile: &'static str,
    /// The directory that the Dockerfile copies from, as it is shown: from `root`.
    pub context: &'static str,
    /// The folder of the Cargo.toml of the image's crate.
    pub root: &'static str,
    /// The user that it runs as.
    pub user: ImageUser,
    /// The ports that it exposes.
    pub ports: ImagePorts,
    /// What is in it.
    pub paths: ImagePaths,
}

/// The user that an image runs as where a container says none.
#[derive(Debug)]
pub enum ImageUser {
    /// Nothing is known.
    Unknown,
    /// The Dockerfile doesn't say, so its base image does.
    Unsaid,
    /// A name, which only the image can look up.
    Name {
        /// The name.
        name: &'static str,
        /// The number behind it, where `image!` says that; the kubelet doesn't know it.
        id: Option<i64>,
        /// The line of the Dockerfile that says it.
        line: u32,
    },
    /// A number.
    Id {
        /// The number.
        id: i64,
        /// The line of the Dockerfile that says it; 0 where `image!` does.
        line: u32,
    },
}

/// The ports that an image exposes.
#[derive(Debug)]
pub struct ImagePorts {
    /// Whether the ones below are all.
    pub complete: bool,
    /// Those that the Dockerfile says.
    pub known: &'static [PortRange],
}

/// Ports from the first to the last.
#[derive(Debug)]
pub struct PortRange {
    /// The first.
    pub first: i64,
    /// The last.
    pub last: i64,
    /// `TCP`, `UDP` or `SCTP`.
    pub protocol: &'static str,
}

/// What is in an image beyond its base.
#[derive(Debug)]
pub struct ImagePaths {
    /// Whether the ones below are all.
    pub complete: bool,
    /// Those that the Dockerfile and `image!` say.
    pub known: &'static [ImagePath],
}

/// A path in an image.
#[derive(Debug)]
pub struct ImagePath {
    /// The path: absolute, without a `/` at its end.
    pub path: &'static str,
    /// What is there.
    pub kind: PathKind,
    /// What it is copied from, below the build context; empty for anything else.
    pub source: &'static str,
    /// The line of the Dockerfile that puts it there; 0 where `image!` does.
    pub line: u32,
}

/// What is at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathKind {
    /// A directory that something is put into, or that the Dockerfile only names.
    Directory,
    /// A file that is copied.
    File,
    /// Something that is copied with all that may be in it.
    Tree,
    /// Something that would be copied, if it were in the build context.
    Missing,
}

/// A path that a container needs in its image, and where it says so.
#[derive(Clone, Copy, Debug)]
pub struct Need {
    /// The path: absolute, without a `/` at its end.
    pub path: &'static str,
    /// Line and column of its start, then of its end, from 1; zeros where that isn't known.
    pub position: (u32, u32, u32, u32),
}

/// An item that `image!` defines.
#[diagnostic::on_unimplemented(
    message = "`{Self}` isn't an image",
    label = "not declared by `image!`"
)]
pub trait ImageItem {
    /// The image.
    const IMAGE: &'static Image;
}

/// The directories that nearly every base image has. What is below them is the base image's
/// business, unless the Dockerfile speaks of its neighbours.
const OF_EVERY_BASE: &[&str] = &[
    "/", "/bin", "/boot", "/dev", "/etc", "/home", "/lib", "/lib64", "/media", "/mnt", "/opt",
    "/proc", "/root", "/run", "/sbin", "/srv", "/sys", "/tmp", "/usr", "/var",
];

impl Image {
    /// Why the image isn't what a container asks for: a message, then lines of `help: …` and
    /// `note: …`. `None` where it is, or may be.
    pub(crate) const fn refuses(&self, ask: Ask<'_>) -> Option<Text> {
        match ask {
            Ask::User(id) => self.refuses_user(id),
            Ask::NonRoot => self.refuses_non_root(),
            Ask::Port(port, protocol) => self.refuses_port(port, protocol),
            Ask::Directory(path) => self.refuses_directory(path),
            Ask::Path(path) => self.refuses_path(path),
        }
    }

    const fn refuses_user(&self, wanted: i64) -> Option<Text> {
        let (id, line) = match self.user {
            ImageUser::Id { id, line } => (id, line),
            ImageUser::Name { id: Some(id), .. } => (id, 0),
            _ => return None,
        };
        if id == wanted {
            return None;
        }
        let text = Text::new()
            .push("the image is made for user `")
            .number(id)
            .push("`, not `")
            .number(wanted)
            .push("`\nhelp: use `")
            .number(id)
            .push("`, or change ");
        Some(match line {
            0 => text.push("`user` of the `image!`"),
            line => self.note_user(text.push("`USER` in `").push(self.dockerfile).push("`"), line),
        })
    }

    const fn refuses_non_root(&self) -> Option<Text> {
        let text = Text::new();
        let (text, line) = match self.user {
            ImageUser::Id { id: 0, line: 0 } => (
                text.push("the image runs as root, so the kubelet doesn't start this container")
                    .push("\nhelp: write `run_as_user: …` beside it"),
                0,
            ),
            ImageUser::Id { id: 0, line } => (
                text.push("the image runs as root, so the kubelet doesn't start this container")
                    .push("\nhelp: write `run_as_user: …` beside it, or another user in `")
                    .push(self.dockerfile)
                    .push("`"),
                line,
            ),
            ImageUser::Name { name, line, .. } => (
                text.push("the image's user `")
                    .push(name)
                    .push("` is no number, so the kubelet can't tell that it isn't root, and doesn't start this container")
                    .push("\nhelp: write `run_as_user: …` beside it, or the number in `")
                    .push(self.dockerfile)
                    .push("`"),
                line,
            ),
            ImageUser::Unsaid => (
                text.push("nothing says that the image doesn't run as root; if it does, the kubelet doesn't start this container")
                    .push("\nhelp: write `run_as_user: …` beside it, `USER …` in `")
                    .push(self.dockerfile)
                    .push("`, or `user: …` in the `image!` if the base image sets one"),
                0,
            ),
            ImageUser::Id { .. } | ImageUser::Unknown => return None,
        };
        Some(self.note_user(text, line))
    }

    /// Where the user is said, if it is.
    const fn note_user(&self, text: Text, line: u32) -> Text {
        match line {
            0 => text,
            line => text
                .push("\nnote: `USER` stands in line ")
                .number(line as i64)
                .push(" of `")
                .push(self.dockerfile)
                .push("`"),
        }
    }

    const fn refuses_port(&self, port: i64, protocol: &str) -> Option<Text> {
        let ImagePorts { complete, known } = &self.ports;
        if !*complete || known.is_empty() {
            return None;
        }
        let mut i = 0;
        while i < known.len() {
            let PortRange { first, last, protocol: other } = &known[i];
            if *first <= port && port <= *last && same(other, protocol) {
                return None;
            }
            i += 1;
        }
        let mut text = Text::new()
            .push("the image exposes no port `")
            .exposed(port, port, protocol)
            .push("`\nhelp: its ports are ");
        let mut i = 0;
        while i < known.len() {
            let PortRange { first, last, protocol } = &known[i];
            let before = if i == 0 { "`" } else { ", `" };
            text = text.push(before).exposed(*first, *last, protocol).push("`");
            i += 1;
        }
        Some(
            text.push(": use one of them, or write `EXPOSE ")
                .exposed(port, port, protocol)
                .push("` in `")
                .push(self.dockerfile)
                .push("`"),
        )
    }

    const fn refuses_directory(&self, path: &str) -> Option<Text> {
        if !self.paths.complete || self.has_directory(path) || is_of_every_base(path) {
            return None;
        }
        let mut around = parent(path);
        while !same(around, "/") {
            if is_of_every_base(around) {
                return None;
            }
            if self.has_directory(around) {
                break;
            }
            around = parent(around);
        }
        let text = Text::new().push("the image has no directory `").push(path).push("`\nhelp: ");
        let (directories, count) = self.list(true);
        let text = match count {
            0 => text.push("write a `WORKDIR` for it in `").push(self.dockerfile).push("`"),
            _ => text.push("its directories are ").push(directories.as_str()),
        };
        Some(text.push("; if `RUN` makes this one, name it in `provides` of the `image!`"))
    }

    /// Whether the Dockerfile makes this directory, or something in it.
    const fn has_directory(&self, path: &str) -> bool {
        let known = self.paths.known;
        let mut i = 0;
        while i < known.len() {
            let ImagePath { path: other, kind, .. } = &known[i];
            let itself = match kind {
                PathKind::File => false,
                PathKind::Directory => same(path, other),
                PathKind::Tree | PathKind::Missing => same(path, other) || is_below(path, other),
            };
            if itself || is_below(other, path) {
                return true;
            }
            i += 1;
        }
        false
    }

    const fn refuses_path(&self, path: &str) -> Option<Text> {
        let known = self.paths.known;
        let mut missing = None;
        let mut i = 0;
        while i < known.len() {
            if known[i].has(path) {
                match known[i].kind {
                    PathKind::Directory => {}
                    PathKind::Missing => missing = Some(&known[i]),
                    PathKind::File | PathKind::Tree => return None,
                }
            }
            i += 1;
        }
        let text = Text::new();
        if self.dockerfile.is_empty() {
            return Some(
                text.push("the image names no Dockerfile that could say whether it has `")
                    .push(path)
                    .push("`\nhelp: add `dockerfile: …` to the `image!`, or name the path in its `provides`"),
            );
        }
        if let Some(missing) = missing {
            return Some(self.refuse_missing(path, missing.source, missing.line));
        }
        if !self.paths.complete {
            return None;
        }
        let text = text
            .push("nothing copies `")
            .push(path)
            .push("` into the image\nhelp: add a `COPY` to `")
            .push(self.dockerfile)
            .push("`, or name the path in `provides` of the `image!` if something else makes it");
        let (copied, count) = self.list(false);
        Some(match count {
            0 => text,
            _ => text.push("\nnote: what is copied: ").push(copied.as_str()),
        })
    }

    /// A path that this line of the Dockerfile would put into the image from something that isn't
    /// there.
    pub(crate) const fn refuse_missing(&self, path: &str, source: &str, line: u32) -> Text {
        Text::new()
            .push("`")
            .push(path)
            .push("` is copied from `")
            .push(source)
            .push("`, which isn't in the build context `")
            .push(self.context)
            .push("`\nhelp: put it there, or correct line ")
            .number(line as i64)
            .push(" of `")
            .push(self.dockerfile)
            .push("`")
    }

    /// The directories, or what is copied, each once; and how many these are.
    const fn list(&self, directories: bool) -> (Text, usize) {
        let known = self.paths.known;
        let (mut text, mut count) = (Text::new(), 0);
        let mut i = 0;
        while i < known.len() {
            let mut first = 0;
            while first < i
                && !(known[first].is_listed(directories) && same(known[first].path, known[i].path))
            {
                first += 1;
            }
            if known[i].is_listed(directories) && first == i {
                text = text.item(known[i].path, count);
                count += 1;
            }
            i += 1;
        }
        (text, count)
    }
}

impl ImagePath {
    const fn is_listed(&self, directories: bool) -> bool {
        match self.kind {
            PathKind::Directory => directories,
            PathKind::File => !directories,
            PathKind::Tree => true,
            PathKind::Missing => false,
        }
    }

    /// Whether this puts something at a path, below it, or around it.
    pub(crate) const fn has(&self, path: &str) -> bool {
        let inside = match self.kind {
            PathKind::Tree | PathKind::Missing => is_below(path, self.path),
            PathKind::Directory | PathKind::File => false,
        };
        inside || same(path, self.path) || is_below(self.path, path)
    }
}

const fn is_of_every_base(path: &str) -> bool {
    let mut i = 0;
    while i < OF_EVERY_BASE.len() {
        if same(OF_EVERY_BASE[i], path) {
            return true;
        }
        i += 1;
    }
    false
}

/// Whether a path is something in this directory.
pub(crate) const fn is_below(path: &str, directory: &str) -> bool {
    let (path, directory) = (path.as_bytes(), directory.as_bytes());
    // The root's own `/` is the one behind it.
    let len = if directory.len() == 1 { 0 } else { directory.len() };
    if path.len() <= len + 1 || path[len] != b'/' {
        return false;
    }
    let mut i = 0;
    while i < len {
        if path[i] != directory[i] {
            return false;
        }
        i += 1;
    }
    true
}

/// The directory that a path is in; of the root, the root.
const fn parent(path: &str) -> &str {
    let bytes = path.as_bytes();
    let mut end = bytes.len();
    while end > 0 {
        end -= 1;
        if bytes[end] == b'/' {
            break;
        }
    }
    if end == 0 { "/" } else { path.split_at(end).0 }
}

#[cfg(test)]
mod tests {
    use super::{is_below, parent};

    #[test]
    fn paths_have_parents() {
        assert_eq!(parent("/app/alembic"), "/app");
        assert_eq!(parent("/app"), "/");
        assert_eq!(parent("/"), "/");
    }

    #[test]
    fn what_starts_alike_isnt_below() {
        assert!(is_below("/app/x", "/app"));
        assert!(is_below("/app", "/"));
        assert!(!is_below("/app", "/app"));
        assert!(!is_below("/apple", "/app"));
        assert!(!is_below("/", "/"));
        assert!(!is_below("/app", "/app/x"));
    }
}
