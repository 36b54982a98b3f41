//! How a macro hands a declaration to the build script: a tree with what its author said of each
//! node, as one string.
//!
//! The form is private to one version of reactbin: macro and reader are always built together.
//! It is made to be read fast by unoptimised code, not to be read by people.

use crate::lints::{self, Level, level};
use crate::tree::{Entry, NodeId, Tree, Value};

/// A place in a source file, as rustc counts: lines and columns (in characters) from 1, the end
/// exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line of the first character.
    pub line: u32,
    /// The column of the first character.
    pub column: u32,
    /// The line of the last character.
    pub end_line: u32,
    /// The column behind the last character.
    pub end_column: u32,
}

/// The line and column of a byte of a text, as rustc counts them: from 1, columns in characters. An
/// offset that isn't in the text is its end.
pub fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (before.matches('\n').count() + 1, column)
}

/// `#[allow(lint, reason = "…")]` on a node, or another level for a lint: covers it and everything
/// below.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// The lint.
    pub rule: String,
    /// What it weighs here; `allow` waives it.
    pub level: Level,
    /// Why; a waiver has a reason.
    pub reason: String,
    /// Whether the macro saw it waive something.
    pub used: bool,
    /// Where it stands.
    pub position: Option<Position>,
}

impl Waiver {
    /// Whether it waives a lint that there isn't, and this one is meant. It then waives this one, so
    /// that one mistake is one error.
    pub fn means(&self, lint: &str) -> bool {
        let is_wrong = || !self.rule.contains("::") && lints::find(&self.rule).is_none();
        self.level == Level::Allow && is_wrong() && level::meant(&self.rule) == Some(lint)
    }
}

/// What an author said of a node beyond its value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mark {
    /// Where the node was written.
    pub position: Option<Position>,
    /// Comments above it, a paragraph each.
    pub above: Vec<String>,
    /// The comment behind it.
    pub behind: Option<String>,
    /// The slot that will hold the value of an unknown node.
    pub slot: Option<u32>,
    /// What is waived here.
    pub waivers: Vec<Waiver>,
    /// Whether it names something that is made elsewhere.
    pub external: bool,
}

/// A tree and the marks of its nodes.
#[derive(Clone, Debug)]
pub struct Annotated {
    /// The values.
    pub tree: Tree,
    /// The node of the whole.
    pub root: NodeId,
    /// The marks, by [`NodeId::index`].
    pub marks: Vec<Mark>,
}

impl Annotated {
    /// The node's mark.
    pub fn mark(&self, id: NodeId) -> &Mark {
        &self.marks[id.index()]
    }

    /// Writes the tree as a string that [`Annotated::decode`] reads.
    pub fn encode(&self) -> String {
        encode(&self.tree, self.root, &self.marks)
    }

    /// Reads what [`Annotated::encode`] wrote; `None` for anything else.
    pub fn decode(text: &str) -> Option<Annotated> {
        let mut reader = Reader { text, tree: Tree::new(), marks: Vec::new(), last: None };
        let root = reader.node(0)?;
        reader.text.is_empty().then_some(Annotated { tree: reader.tree, root, marks: reader.marks })
    }
}

/// Writes a tree and its marks as [`Annotated::encode`] does.
pub fn encode(tree: &Tree, root: NodeId, marks: &[Mark]) -> String {
    let mut out = String::new();
    encode_node(tree, root, marks, &mut None, &mut out);
    out
}

/// `last` is the last position that was written: all that a macro fills in stands at the name.
fn encode_node(
    tree: &Tree,
    id: NodeId,
    marks: &[Mark],
    last: &mut Option<Position>,
    out: &mut String,
) {
    if let Some(mark) = marks.get(id.index()) {
        if mark.position.is_some() && mark.position == *last {
            out.push('=');
        } else if mark.position.is_some() {
            encode_position(mark.position, out);
            *last = mark.position;
        }
        encode_mark(mark, out);
    }
    match tree.get(id) {
        Value::Null => out.push('N'),
        Value::Bool(true) => out.push('T'),
        Value::Bool(false) => out.push('F'),
        Value::Int(number) => out.push_str(&format!("I{number};")),
        Value::Float(number) => out.push_str(&format!("D{number:?};")),
        Value::Str(text) => encode_text('S', text, out),
        Value::Unknown => out.push('U'),
        Value::List(items) => {
            out.push_str(&format!("L{};", items.len()));
            for item in items {
                encode_node(tree, *item, marks, last, out);
            }
        }
        Value::Map(entries) => {
            out.push_str(&format!("M{};", entries.len()));
            for entry in entries {
                encode_node(tree, entry.key, marks, last, out);
                encode_node(tree, entry.value, marks, last, out);
            }
        }
    }
}

fn encode_text(tag: char, text: &str, out: &mut String) {
    out.push(tag);
    out.push_str(&text.len().to_string());
    out.push(':');
    out.push_str(text);
}

fn encode_position(position: Option<Position>, out: &mut String) {
    if let Some(p) = position {
        out.push_str(&format!("@{},{},{},{};", p.line, p.column, p.end_line, p.end_column));
    }
}

/// All of a mark but its position.
fn encode_mark(mark: &Mark, out: &mut String) {
    for comment in &mark.above {
        encode_text('#', comment, out);
    }
    if let Some(comment) = &mark.behind {
        encode_text('~', comment, out);
    }
    if let Some(slot) = mark.slot {
        out.push_str(&format!("?{slot};"));
    }
    if mark.external {
        out.push('^');
    }
    for waiver in &mark.waivers {
        out.push(if waiver.used { '!' } else { '%' });
        encode_text('S', waiver.level.name(), out);
        encode_text('S', &waiver.rule, out);
        encode_text('S', &waiver.reason, out);
        // A waiver always has the position of its attribute, or none at all: an empty one keeps
        // the reader simple.
        match waiver.position {
            Some(_) => encode_position(waiver.position, out),
            None => out.push('-'),
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    tree: Tree,
    marks: Vec<Mark>,
    last: Option<Position>,
}

/// Deeper than any token tree that rustc's own parser takes.
const DEEPEST: usize = 512;

impl<'a> Reader<'a> {
    fn tag(&mut self) -> Option<u8> {
        let tag = *self.text.as_bytes().first()?;
        self.text = self.text.get(1..)?;
        Some(tag)
    }

    fn until(&mut self, end: char) -> Option<&'a str> {
        let (head, rest) = self.text.split_once(end)?;
        self.text = rest;
        Some(head)
    }

    fn number<T: std::str::FromStr>(&mut self, end: char) -> Option<T> {
        self.until(end)?.parse().ok()
    }

    fn string(&mut self) -> Option<&'a str> {
        let len: usize = self.number(':')?;
        let text = self.text.get(..len)?;
        self.text = &self.text[len..];
        Some(text)
    }

    fn tagged_string(&mut self) -> Option<String> {
        self.tag()?;
        self.string().map(str::to_owned)
    }

    fn position(&mut self) -> Option<Position> {
        Some(Position {
            line: self.number(',')?,
            column: self.number(',')?,
            end_line: self.number(',')?,
            end_column: self.number(';')?,
        })
    }

    fn waiver(&mut self, used: bool) -> Option<Waiver> {
        let level = Level::parse(&self.tagged_string()?)?;
        let rule = self.tagged_string()?;
        let reason = self.tagged_string()?;
        let position = if self.tag()? == b'@' { Some(self.position()?) } else { None };
        Some(Waiver { rule, level, reason, used, position })
    }

    fn node(&mut self, depth: usize) -> Option<NodeId> {
        if depth > DEEPEST {
            return None;
        }
        let mut mark = Mark::default();
        let id = loop {
            match self.tag()? {
                b'@' => {
                    self.last = Some(self.position()?);
                    mark.position = self.last;
                }
                b'=' => mark.position = self.last,
                b'#' => mark.above.push(self.string()?.to_owned()),
                b'~' => mark.behind = Some(self.string()?.to_owned()),
                b'?' => mark.slot = Some(self.number(';')?),
                b'^' => mark.external = true,
                b'!' => mark.waivers.push(self.waiver(true)?),
                b'%' => mark.waivers.push(self.waiver(false)?),
                b'N' => break self.tree.push_null(),
                b'T' => break self.tree.push_bool(true),
                b'F' => break self.tree.push_bool(false),
                b'I' => {
                    let number = self.number(';')?;
                    break self.tree.push_int(number);
                }
                b'D' => {
                    let number = self.number(';')?;
                    break self.tree.push_float(number);
                }
                b'S' => {
                    let text = self.string()?;
                    break self.tree.push_str(text);
                }
                b'U' => break self.tree.push_unknown(),
                b'L' => break self.list(depth)?,
                b'M' => break self.map(depth)?,
                _ => return None,
            }
        };
        self.marks.resize(id.index(), Mark::default());
        self.marks.push(mark);
        Some(id)
    }

    fn list(&mut self, depth: usize) -> Option<NodeId> {
        let len: usize = self.number(';')?;
        let mut items = Vec::new();
        for _ in 0..len {
            items.push(self.node(depth + 1)?);
        }
        Some(self.tree.push_list(&items))
    }

    fn map(&mut self, depth: usize) -> Option<NodeId> {
        let len: usize = self.number(';')?;
        let mut entries = Vec::new();
        for _ in 0..len {
            let key = self.node(depth + 1)?;
            let value = self.node(depth + 1)?;
            entries.push(Entry { key, value });
        }
        Some(self.tree.push_map(&entries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_encoded_is_decoded() {
        let mut tree = Tree::new();
        let key = tree.push_str("ключ: #;");
        let item = tree.push_int(-3);
        let unknown = tree.push_unknown();
        let float = tree.push_float(1e300);
        let list = tree.push_list(&[item, unknown, float]);
        let root = tree.push_map(&[Entry { key, value: list }]);
        let mut marks = vec![Mark::default(); tree.len()];
        marks[key.index()] = Mark {
            position: Some(Position { line: 1, column: 2, end_line: 3, end_column: 4 }),
            above: vec!["a".to_owned(), "b\n".to_owned()],
            behind: Some(String::new()),
            slot: None,
            waivers: vec![Waiver {
                rule: "r".into(),
                level: Level::Deny,
                reason: "w".into(),
                used: true,
                position: None,
            }],
            external: true,
        };
        marks[unknown.index()].slot = Some(7);
        marks[unknown.index()].position = marks[key.index()].position;
        let before = Annotated { tree, root, marks };
        let after = Annotated::decode(&before.encode()).expect("decodes");
        assert_eq!(after.encode(), before.encode());
        let after_key = after.tree.entries(after.root)[0].key;
        assert_eq!(after.mark(after_key), before.mark(key));
        let after_unknown = after.tree.items(after.tree.entries(after.root)[0].value)[1];
        assert_eq!(after.mark(after_unknown), before.mark(unknown));
    }

    #[test]
    fn cut_text_is_refused() {
        let mut tree = Tree::new();
        let root = tree.push_str("abc");
        let text = Annotated { tree, root, marks: Vec::new() }.encode();
        for end in 0..text.len() {
            assert!(Annotated::decode(&text[..end]).is_none());
        }
    }
}
