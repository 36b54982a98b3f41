//! The value tree that the engine checks: plain nodes in an arena, named by index.
//!
//! Must not know where a value came from. Whoever builds the tree keeps what it knows of a node
//! (a span, a YAML position) in a table of its own, by [`NodeId`].

/// The index of a node in its [`Tree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(u32);

impl NodeId {
    /// The position of the node in the tree's arena; dense, from 0, so that it can index a `Vec`.
    #[inline]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A tree of YAML-like values.
///
/// A map's keys are nodes too (strings), so that a finding can point at a key. Children are pushed
/// before their parent, so a parent's index is always larger than its children's.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    nodes: Vec<Node>,
    items: Vec<NodeId>,
    entries: Vec<Entry>,
    /// The hash of each entry's key.
    hashes: Vec<u32>,
    text: String,
}

/// A key and its value in a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key: always a string node.
    pub key: NodeId,
    /// The value.
    pub value: NodeId,
}

#[derive(Clone, Copy, Debug)]
enum Node {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Str(Range),
    List(Range),
    Map(Keys),
    Unknown,
}

/// A map's keys: where its entries are, and which keys it can have, as a bit for each that it has, by
/// its [`hash`]. Most that is asked of a map is a field that it doesn't have, and the bits tell that
/// without a look at its keys.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Keys {
    range: Range,
    bits: u32,
}

impl Keys {
    const NONE: Keys = Keys { range: Range { start: 0, end: 0 }, bits: 0 };

    /// Whether there can be a key of this hash.
    #[inline]
    fn may_have(self, hash: u32) -> bool {
        self.bits & bit(hash) != 0
    }

    /// Whether all keys have bits of their own, so that none is there twice.
    pub(crate) fn differ(self) -> bool {
        self.bits.count_ones() == self.range.end - self.range.start
    }
}

#[inline]
fn bit(hash: u32) -> u32 {
    1 << (hash >> 27)
}

/// A number for a key that takes a few bytes of it. The length, the ends and the middle tell the fields
/// of a type apart; the upper bits are the better ones.
#[inline]
pub(crate) fn hash(key: &str) -> u32 {
    let [first, .., last] = *key.as_bytes() else { return 0 };
    let middle = key.as_bytes()[key.len() / 2];
    let mixed = u32::from(first) | u32::from(last) << 8 | u32::from(middle) << 16;
    (mixed ^ (key.len() as u32) << 24).wrapping_mul(0x9E37_79B1)
}

#[derive(Clone, Copy, Debug)]
struct Range {
    start: u32,
    end: u32,
}

impl Range {
    #[inline]
    fn of<T>(self, all: &[T]) -> &[T] {
        &all[self.start as usize..self.end as usize]
    }
}

/// What a node holds.
#[derive(Clone, Copy, Debug)]
pub enum Value<'t> {
    /// `null`; Kubernetes reads it as absent.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// An integer that fits 64 bits.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// A string.
    Str(&'t str),
    /// A list of nodes.
    List(&'t [NodeId]),
    /// A map in the author's order; a key that the author wrote twice is there twice.
    Map(&'t [Entry]),
    /// Something that only a later moment will know: nothing can be said against it.
    Unknown,
}

impl Value<'_> {
    /// The value's type as an error message names it, with its article.
    pub fn describe(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Int(_) => "an integer",
            Value::Float(_) => "a number with a fraction",
            Value::Str(_) => "a string",
            Value::List(_) => "a list",
            Value::Map(_) => "a map",
            Value::Unknown => "an unknown value",
        }
    }

    /// A scalar as text; empty for anything else.
    pub fn plain(&self) -> String {
        match self {
            Value::Bool(value) => value.to_string(),
            Value::Int(value) => value.to_string(),
            Value::Float(value) => value.to_string(),
            Value::Str(text) => (*text).to_owned(),
            _ => String::new(),
        }
    }
}

impl Tree {
    /// An empty tree.
    pub fn new() -> Tree {
        Tree::default()
    }

    /// How many nodes there are; every [`NodeId`] of this tree is below it.
    #[inline]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there are no nodes.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Forgets every node and keeps the memory, for the next document.
    pub fn clear(&mut self) {
        self.nodes.clear();
        self.items.clear();
        self.entries.clear();
        self.hashes.clear();
        self.text.clear();
    }

    #[inline]
    fn push(&mut self, node: Node) -> NodeId {
        let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(node);
        id
    }

    /// Adds `null`.
    #[inline]
    pub fn push_null(&mut self) -> NodeId {
        self.push(Node::Null)
    }

    /// Adds a boolean.
    #[inline]
    pub fn push_bool(&mut self, value: bool) -> NodeId {
        self.push(Node::Bool(value))
    }

    /// Adds an integer.
    #[inline]
    pub fn push_int(&mut self, value: i64) -> NodeId {
        self.push(Node::Int(value))
    }

    /// Adds a number that isn't an integer of 64 bits.
    pub fn push_float(&mut self, value: f64) -> NodeId {
        self.push(Node::Float(value))
    }

    /// Adds a string.
    #[inline]
    pub fn push_str(&mut self, value: &str) -> NodeId {
        let start = self.text.len() as u32;
        self.text.push_str(value);
        let end = self.text.len() as u32;
        self.push(Node::Str(Range { start, end }))
    }

    /// Adds another node with the content of one that is there, which isn't stored again.
    ///
    /// # Panics
    /// If `id` belongs to another, larger tree.
    pub fn push_again(&mut self, id: NodeId) -> NodeId {
        self.push(self.nodes[id.index()])
    }

    /// Adds a value that isn't known yet.
    pub fn push_unknown(&mut self) -> NodeId {
        self.push(Node::Unknown)
    }

    /// Adds a list of nodes that are in the tree already.
    pub fn push_list(&mut self, items: &[NodeId]) -> NodeId {
        let start = self.items.len() as u32;
        self.items.extend_from_slice(items);
        let end = self.items.len() as u32;
        self.push(Node::List(Range { start, end }))
    }

    /// Adds a map of nodes that are in the tree already; keys must be string nodes.
    pub fn push_map(&mut self, entries: &[Entry]) -> NodeId {
        let start = self.entries.len() as u32;
        self.entries.extend_from_slice(entries);
        let end = self.entries.len() as u32;
        let mut bits = 0;
        for entry in entries {
            let hash = hash(self.str(entry.key));
            bits |= bit(hash);
            self.hashes.push(hash);
        }
        self.push(Node::Map(Keys { range: Range { start, end }, bits }))
    }

    /// What a node holds.
    ///
    /// # Panics
    /// If `id` belongs to another, larger tree.
    #[inline]
    pub fn get(&self, id: NodeId) -> Value<'_> {
        match self.nodes[id.index()] {
            Node::Null => Value::Null,
            Node::Bool(value) => Value::Bool(value),
            Node::Int(value) => Value::Int(value),
            Node::Float(value) => Value::Float(value),
            Node::Str(range) => Value::Str(&self.text[range.start as usize..range.end as usize]),
            Node::List(range) => Value::List(range.of(&self.items)),
            Node::Map(keys) => Value::Map(keys.range.of(&self.entries)),
            Node::Unknown => Value::Unknown,
        }
    }

    /// The text of a string node; empty for any other.
    #[inline]
    pub fn str(&self, id: NodeId) -> &str {
        self.text(id).unwrap_or_default()
    }

    /// The text of a string node.
    #[inline]
    pub(crate) fn text(&self, id: NodeId) -> Option<&str> {
        match self.nodes[id.index()] {
            Node::Str(range) => Some(&self.text[range.start as usize..range.end as usize]),
            _ => None,
        }
    }

    /// Whether the node is a string of this text. What every look for a field by its name asks, so
    /// that it compares lengths first and doesn't care where characters begin.
    #[inline]
    pub fn is_str(&self, id: NodeId, text: &str) -> bool {
        match self.nodes[id.index()] {
            Node::Str(Range { start, end }) => {
                (end - start) as usize == text.len()
                    && self.text.as_bytes()[start as usize..end as usize] == *text.as_bytes()
            }
            _ => false,
        }
    }

    /// A map's entries; none for any other node.
    #[inline]
    pub fn entries(&self, id: NodeId) -> &[Entry] {
        self.keys(id).range.of(&self.entries)
    }

    /// A map's keys; none for any other node.
    #[inline]
    pub(crate) fn keys(&self, id: NodeId) -> Keys {
        self.object_keys(id).unwrap_or(Keys::NONE)
    }

    /// The keys of an object: a map, or null, which is one without fields.
    #[inline]
    pub(crate) fn object_keys(&self, id: NodeId) -> Option<Keys> {
        match self.nodes[id.index()] {
            Node::Map(keys) => Some(keys),
            Node::Null => Some(Keys::NONE),
            _ => None,
        }
    }

    /// The hash of each of a map's keys, and its entry.
    #[inline]
    pub(crate) fn hashed(&self, keys: Keys) -> impl Iterator<Item = (u32, Entry)> + '_ {
        let hashes = keys.range.of(&self.hashes).iter().copied();
        hashes.zip(keys.range.of(&self.entries).iter().copied())
    }

    /// The entries of a key: more than one where the author wrote it twice.
    #[inline]
    pub(crate) fn find<'t>(
        &'t self,
        keys: Keys,
        key: &'t str,
    ) -> impl Iterator<Item = Entry> + use<'t> {
        let wanted = hash(key);
        let found = if keys.may_have(wanted) { keys } else { Keys::NONE };
        let same =
            move |(hash, entry): &(u32, Entry)| *hash == wanted && self.is_str(entry.key, key);
        self.hashed(found).filter(same).map(|(_, entry)| entry)
    }

    /// A list's items; none for any other node.
    #[inline]
    pub fn items(&self, id: NodeId) -> &[NodeId] {
        match self.nodes[id.index()] {
            Node::List(range) => range.of(&self.items),
            _ => &[],
        }
    }

    /// Whether the node is `null`.
    #[inline]
    pub(crate) fn is_null(&self, id: NodeId) -> bool {
        matches!(self.nodes[id.index()], Node::Null)
    }

    /// A map's first entry of this key.
    pub fn entry(&self, id: NodeId, key: &str) -> Option<Entry> {
        self.find(self.keys(id), key).next()
    }

    /// The node at the end of a path of keys, if it is there.
    pub fn at(&self, id: NodeId, path: &[&str]) -> Option<NodeId> {
        path.iter().try_fold(id, |id, key| self.entry(id, key).map(|entry| entry.value))
    }

    /// The node at a path as findings have it, `spec.ports[0].name` or
    /// `metadata.labels[app.kubernetes.io/name]`; where it isn't there, the nearest around it that
    /// is, and `false`.
    pub fn nearest(&self, id: NodeId, path: &str) -> (NodeId, bool) {
        let mut at = id;
        let mut rest = path;
        while !rest.is_empty() {
            rest = rest.strip_prefix('.').unwrap_or(rest);
            let bracket = rest.strip_prefix('[').and_then(|inner| inner.split_once(']'));
            let (step, behind) = match bracket {
                Some(split) => split,
                None => rest.split_at(rest.find(['.', '[']).unwrap_or(rest.len())),
            };
            let item = bracket.and_then(|_| self.items(at).get(step.parse::<usize>().ok()?));
            let next = item.copied().or_else(|| self.entry(at, step).map(|entry| entry.value));
            let Some(next) = next else { return (at, false) };
            at = next;
            // A bracket that isn't closed, or two dots: nothing is named so.
            if behind.len() == rest.len() {
                return (at, false);
            }
            rest = behind;
        }
        (at, true)
    }

    /// Whether the node or anything below it is unknown.
    pub fn has_unknown(&self, id: NodeId) -> bool {
        match self.get(id) {
            Value::Unknown => true,
            Value::List(items) => items.iter().any(|item| self.has_unknown(*item)),
            Value::Map(entries) => entries.iter().any(|entry| self.has_unknown(entry.value)),
            _ => false,
        }
    }
}

/// A node's place in its tree: what the API server would call its field path.
///
/// Built once for a tree that has findings; costs a walk of the whole tree.
#[derive(Clone, Debug)]
pub struct Paths<'t> {
    tree: &'t Tree,
    parents: Vec<Option<(NodeId, Step)>>,
}

/// One step of a path: into a map by a key's node, or into a list.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step {
    Key(NodeId),
    Index(usize),
}

impl<'t> Paths<'t> {
    /// The places of all nodes under `root`.
    pub fn new(tree: &'t Tree, root: NodeId) -> Paths<'t> {
        let mut paths = Paths { tree, parents: vec![None; tree.len()] };
        let mut todo = vec![root];
        while let Some(id) = todo.pop() {
            match tree.get(id) {
                Value::List(items) => {
                    for (index, item) in items.iter().enumerate() {
                        paths.parents[item.index()] = Some((id, Step::Index(index)));
                        todo.push(*item);
                    }
                }
                Value::Map(entries) => {
                    for entry in entries {
                        let step = Some((id, Step::Key(entry.key)));
                        paths.parents[entry.key.index()] = step;
                        paths.parents[entry.value.index()] = step;
                        todo.push(entry.value);
                    }
                }
                _ => {}
            }
        }
        paths
    }

    /// The node that holds this one; for a key, the map that it stands in.
    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.parents[id.index()].map(|(parent, _)| parent)
    }

    /// The node and all around it, innermost first. A key is taken for its value, since what is
    /// said of an entry covers both.
    pub fn around(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let of_key = self.parent(id).and_then(|map| {
            self.tree.entries(map).iter().find(|entry| entry.key == id).map(|entry| entry.value)
        });
        std::iter::successors(Some(of_key.unwrap_or(id)), |id| self.parent(*id))
    }

    /// The key under which this value stands, if its parent is a map.
    pub fn key(&self, id: NodeId) -> Option<NodeId> {
        match self.parents[id.index()] {
            Some((_, Step::Key(key))) => Some(key),
            _ => None,
        }
    }

    /// `spec.ports[0].name`; a key that isn't a plain name stands in brackets, as Kubernetes
    /// writes it: `metadata.labels[app.kubernetes.io/name]`.
    pub fn path(&self, id: NodeId) -> String {
        let mut path = String::new();
        for step in self.steps(id) {
            match step {
                Step::Index(index) => path.push_str(&format!("[{index}]")),
                Step::Key(key) => push_key(&mut path, self.tree.str(key)),
            }
        }
        path
    }

    /// The steps from the root to a node.
    pub(crate) fn steps(&self, id: NodeId) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut at = id;
        while let Some((parent, step)) = self.parents[at.index()] {
            steps.push(step);
            at = parent;
        }
        steps.reverse();
        steps
    }
}

pub(crate) fn push_key(path: &mut String, key: &str) {
    let plain = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if !plain {
        path.push_str(&format!("[{key}]"));
    } else if path.is_empty() {
        path.push_str(key);
    } else {
        path.push('.');
        path.push_str(key);
    }
}

impl Tree {
    /// Makes a node unknown, so that nothing can be said against it.
    pub fn forget(&mut self, id: NodeId) {
        self.nodes[id.index()] = Node::Unknown;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_to_its_node_or_near_it() {
        let mut tree = Tree::new();
        let one = tree.push_int(1);
        let list = tree.push_list(&[one]);
        let (dotted, ports) = (tree.push_str("a.b/c"), tree.push_str("ports"));
        let labels =
            tree.push_map(&[Entry { key: dotted, value: one }, Entry { key: ports, value: list }]);
        let key = tree.push_str("spec");
        let root = tree.push_map(&[Entry { key, value: labels }]);
        for (path, wanted) in [
            ("", (root, true)),
            ("spec", (labels, true)),
            ("spec.ports[0]", (one, true)),
            ("spec[a.b/c]", (one, true)),
            ("spec.ports[1].name", (list, false)),
            ("status", (root, false)),
            ("spec..ports", (labels, false)),
            ("spec.ports[0", (list, false)),
        ] {
            assert_eq!(tree.nearest(root, path), wanted, "{path}");
        }
    }

    #[test]
    fn a_map_finds_its_keys_and_no_others() {
        let keys = ["", "a", "b", "ab", "name", "namespace", "hostIPC", "hostPID", "é", "éé"];
        for of in 0..keys.len() {
            let mut tree = Tree::new();
            let given: Vec<Entry> = keys[..of]
                .iter()
                .map(|key| Entry { key: tree.push_str(key), value: tree.push_null() })
                .collect();
            let map = tree.push_map(&given);
            for (index, key) in keys.iter().enumerate() {
                assert_eq!(tree.entry(map, key), given.get(index).copied(), "{key:?} of {of}");
            }
            let twice = [given.as_slice(), given.as_slice()].concat();
            let map = tree.push_map(&twice);
            assert!(of == 0 || !tree.keys(map).differ());
        }
    }
}
