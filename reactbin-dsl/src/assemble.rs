//! From a declaration to its whole object: slots are filled, containers put in, the namespace
//! added; and of each node it stays known where it was written.
//!
//! Knows no rule; nothing is judged here.

use std::collections::{BTreeMap, BTreeSet};

use reactbin_check::facts::Kind;
use reactbin_check::wire::{Annotated, Mark, Position, Waiver};
use reactbin_check::{Entry, NodeId, Tree, Value};

use crate::declaration::{Declaration, Named, ObjectForm, Parameter, Reference, Slot, TextPart};
use crate::image::Image;
use crate::yaml::Comments;

/// The values that a render gives to parameters, by name; those that are missing show what their
/// declaration says.
pub type Values = BTreeMap<String, String>;

/// Where a node was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The source file, as rustc names it.
    pub source: &'static str,
    /// Where in it.
    pub position: Position,
}

/// A waiver and the node that it covers.
#[derive(Clone, Debug)]
pub struct PlacedWaiver {
    /// The node.
    pub node: NodeId,
    /// The waiver.
    pub waiver: Waiver,
    /// The file that it stands in.
    pub source: &'static str,
}

/// A whole object.
#[derive(Clone, Debug)]
pub struct Object {
    /// Its values.
    pub tree: Tree,
    /// The object's node.
    pub root: NodeId,
    /// Where each node was written, by [`NodeId::index`].
    pub places: Vec<Option<Place>>,
    /// What its author says in comments.
    pub comments: Comments,
    /// What its author waives.
    pub waivers: Vec<PlacedWaiver>,
    /// Nodes that show a placeholder, which no rule can judge.
    pub placeholders: Vec<NodeId>,
    /// Nodes that show what a parameter is by default, which isn't settled.
    pub unsettled: Vec<NodeId>,
    /// Nodes that name something of which the author says that it is made elsewhere.
    pub externals: Vec<NodeId>,
    /// Nodes whose value a Rust expression gave.
    pub computed: BTreeSet<NodeId>,
    /// Nodes that name another object, and the declaration of that.
    pub references: Vec<(NodeId, Reference)>,
    /// Nodes that name an image that is declared.
    pub images: Vec<(NodeId, &'static Image)>,
    /// The parameters that are used, in the order of their use, and where.
    pub parameters: Vec<(&'static Parameter, NodeId)>,
    /// The declaration; `None` for an object that plain Rust built.
    pub declaration: Option<&'static Declaration>,
    /// The kind, if the application's crate defines it.
    pub added: Option<&'static Kind>,
}

impl Object {
    /// An object with nothing in it yet.
    pub(crate) fn new(declaration: Option<&'static Declaration>) -> Object {
        let mut tree = Tree::new();
        let root = tree.push_null();
        Object {
            tree,
            root,
            places: vec![None],
            comments: Comments::default(),
            waivers: Vec::new(),
            placeholders: Vec::new(),
            unsettled: Vec::new(),
            externals: Vec::new(),
            computed: BTreeSet::new(),
            references: Vec::new(),
            images: Vec::new(),
            parameters: Vec::new(),
            declaration,
            added: None,
        }
    }

    /// An object of plain values.
    pub(crate) fn from_value(value: &serde_yaml::Value) -> Object {
        let mut object = Object::new(None);
        object.root = object.push_value(value, None);
        object
    }

    /// An object that a tree holds already, of which nothing else is known.
    #[cfg(feature = "cli")]
    pub(crate) fn of_tree(tree: Tree, root: NodeId) -> Object {
        let places = vec![None; tree.len()];
        Object { tree, root, places, ..Object::new(None) }
    }

    /// The kind, if the application's crate or the facts have it.
    pub fn kind(&self) -> Option<&'static Kind> {
        self.added.or_else(|| reactbin_check::check::kind_of(&self.tree, self.root))
    }

    fn text(&self, path: &[&str]) -> &str {
        self.tree.at(self.root, path).map(|id| self.tree.str(id)).unwrap_or_default()
    }

    /// What `kind` says.
    pub fn kind_name(&self) -> &str {
        self.text(&["kind"])
    }

    /// What `metadata.name` says; empty where it is missing.
    pub fn name(&self) -> &str {
        self.text(&["metadata", "name"])
    }

    /// What `metadata.namespace` says; empty where it is missing.
    pub fn namespace(&self) -> &str {
        self.text(&["metadata", "namespace"])
    }

    /// Where the object was declared: its name.
    pub fn place(&self) -> Option<Place> {
        let name = self.tree.at(self.root, &["metadata", "name"]);
        name.and_then(|id| self.places[id.index()]).or(self.places[self.root.index()])
    }

    fn placed(&mut self, id: NodeId, place: Option<Place>) -> NodeId {
        self.places.push(place);
        id
    }

    fn push_str(&mut self, text: &str, place: Option<Place>) -> NodeId {
        let id = self.tree.push_str(text);
        self.placed(id, place)
    }

    fn push_value(&mut self, value: &serde_yaml::Value, place: Option<Place>) -> NodeId {
        use serde_yaml::Value as Yaml;
        let id = match value {
            Yaml::Null => self.tree.push_null(),
            Yaml::Bool(value) => self.tree.push_bool(*value),
            Yaml::Number(number) => match (number.as_i64(), number.as_f64()) {
                (Some(number), _) => self.tree.push_int(number),
                (None, Some(number)) => self.tree.push_float(number),
                (None, None) => self.tree.push_null(),
            },
            Yaml::String(text) => self.tree.push_str(text),
            Yaml::Sequence(items) => {
                let items: Vec<NodeId> =
                    items.iter().map(|item| self.push_value(item, place)).collect();
                self.tree.push_list(&items)
            }
            Yaml::Mapping(entries) => {
                let mut pairs = Vec::with_capacity(entries.len());
                for (key, value) in entries {
                    let key = self.push_str(key.as_str().unwrap_or_default(), place);
                    let value = self.push_value(value, place);
                    pairs.push(Entry { key, value });
                }
                self.tree.push_map(&pairs)
            }
            Yaml::Tagged(tagged) => return self.push_value(&tagged.value, place),
        };
        self.placed(id, place)
    }

    /// Gives a namespaced object that says no namespace this one, behind its name.
    pub(crate) fn default_namespace(&mut self, namespace: &str) {
        let namespaced = self.kind().is_some_and(|kind| kind.namespaced);
        let Some(metadata) = self.tree.entry(self.root, "metadata") else { return };
        if !namespaced || self.tree.entry(metadata.value, "namespace").is_some() {
            return;
        }
        let place = self.place();
        let key = self.push_str("namespace", place);
        let value = self.push_str(namespace, place);
        let mut entries = self.tree.entries(metadata.value).to_vec();
        let after_name = entries.iter().position(|entry| self.tree.str(entry.key) == "name");
        entries.insert(after_name.map_or(0, |at| at + 1), Entry { key, value });
        let entries = self.tree.push_map(&entries);
        let new = self.placed(entries, self.places[metadata.value.index()]);
        self.replace(metadata.value, new);
    }

    /// Puts a node in the place of a value of the root.
    fn replace(&mut self, old: NodeId, new: NodeId) {
        let mut entries = self.tree.entries(self.root).to_vec();
        for entry in &mut entries {
            if entry.value == old {
                entry.value = new;
            }
        }
        let root = self.tree.push_map(&entries);
        let root = self.placed(root, self.places[self.root.index()]);
        for waiver in &mut self.waivers {
            if waiver.node == self.root {
                waiver.node = root;
            } else if waiver.node == old {
                waiver.node = new;
            }
        }
        self.root = root;
    }
}

/// Puts declarations together; decodes each only once.
pub(crate) struct Assembler<'v> {
    values: &'v Values,
    /// The namespace of objects that say none.
    pub(crate) namespace: Option<String>,
    decoded: BTreeMap<*const Declaration, std::rc::Rc<Annotated>>,
}

/// Containers can't hold containers, so anything deeper is a mistake of ours.
const DEEPEST: usize = 8;

impl<'v> Assembler<'v> {
    pub(crate) fn new(values: &'v Values) -> Assembler<'v> {
        Assembler { values, namespace: None, decoded: BTreeMap::new() }
    }

    fn decode(&mut self, declaration: &'static Declaration) -> Option<std::rc::Rc<Annotated>> {
        let key = std::ptr::from_ref(declaration);
        if let Some(annotated) = self.decoded.get(&key) {
            return Some(annotated.clone());
        }
        let annotated = std::rc::Rc::new(Annotated::decode(declaration.data)?);
        self.decoded.insert(key, annotated.clone());
        Some(annotated)
    }

    /// The object of a declaration; `None` for data that no macro of this version wrote.
    pub(crate) fn assemble(&mut self, declaration: &'static Declaration) -> Option<Object> {
        let annotated = self.decode(declaration)?;
        let mut object = Object::new(Some(declaration));
        let mut copy = Copy { assembler: self, object: &mut object, depth: 0 };
        let root = copy.node(declaration, &annotated, annotated.root, true)?;
        object.root = root;
        // What stands above the first key is the head of the file.
        object.comments.head = object.comments.above.remove(&root).unwrap_or_default();
        Some(object)
    }

    /// The name that a reference means.
    pub(crate) fn name_of(&mut self, reference: &Reference) -> Option<String> {
        let path: &[&str] = match reference.named {
            Named::Metadata => &["metadata", "name"],
            Named::At(path) => path,
        };
        let object = self.part(reference.declaration(), &[path])?;
        Some(object.tree.str(object.root).to_owned())
    }

    /// The labels that select the pods of a workload.
    fn selector_of(&mut self, reference: &Reference) -> Option<Object> {
        let paths: [&[&str]; 4] = [
            &["spec", "selector", "matchLabels"],
            &["spec", "template", "metadata", "labels"],
            &["spec", "jobTemplate", "spec", "template", "metadata", "labels"],
            &["metadata", "labels"],
        ];
        self.part(reference.declaration(), &paths)
    }

    /// The part of a declaration at the first of these paths that it has. Only that part is put
    /// together, since declarations may name each other in circles.
    fn part(&mut self, declaration: &'static Declaration, paths: &[&[&str]]) -> Option<Object> {
        let annotated = self.decode(declaration)?;
        let node = paths.iter().find_map(|path| annotated.tree.at(annotated.root, path))?;
        let mut object = Object::new(Some(declaration));
        let mut copy = Copy { assembler: self, object: &mut object, depth: 0 };
        object.root = copy.node(declaration, &annotated, node, false)?;
        Some(object)
    }
}

/// One declaration on its way into an object.
struct Copy<'a, 'v> {
    assembler: &'a mut Assembler<'v>,
    object: &'a mut Object,
    depth: usize,
}

impl Copy<'_, '_> {
    fn node(
        &mut self,
        declaration: &'static Declaration,
        from: &Annotated,
        id: NodeId,
        annotate: bool,
    ) -> Option<NodeId> {
        let mark = from.mark(id);
        let place = place_of(declaration, mark);
        let copy = match from.tree.get(id) {
            Value::Null => self.object.tree.push_null(),
            Value::Bool(value) => self.object.tree.push_bool(value),
            Value::Int(number) => self.object.tree.push_int(number),
            Value::Float(number) => self.object.tree.push_float(number),
            Value::Str(text) => self.object.tree.push_str(text),
            Value::Unknown => {
                let slot = declaration.slots.get(mark.slot? as usize)?;
                let node = self.fill(slot, place)?;
                self.annotate(declaration, mark, node, annotate);
                return Some(node);
            }
            Value::List(items) => {
                let mut copies = Vec::with_capacity(items.len());
                for item in items {
                    copies.push(self.node(declaration, from, *item, true)?);
                }
                self.object.tree.push_list(&copies)
            }
            Value::Map(entries) => {
                let mut pairs = Vec::with_capacity(entries.len());
                for entry in entries {
                    pairs.push(self.entry(declaration, from, *entry)?);
                }
                self.object.tree.push_map(&pairs)
            }
        };
        let copy = self.object.placed(copy, place);
        self.annotate(declaration, mark, copy, annotate);
        Some(copy)
    }

    fn entry(
        &mut self,
        declaration: &'static Declaration,
        from: &Annotated,
        entry: Entry,
    ) -> Option<Entry> {
        let value = self.node(declaration, from, entry.value, true)?;
        // A comment above a value with a parameter says what to do with its default.
        let keep = !self.is_filled(declaration, from, entry.value);
        let key = self.node(declaration, from, entry.key, keep)?;
        Some(Entry { key, value })
    }

    /// Whether a render has given a value to a parameter in this text, or in a text of this list.
    fn is_filled(&self, declaration: &'static Declaration, from: &Annotated, id: NodeId) -> bool {
        if let Value::List(items) = from.tree.get(id) {
            return items.iter().any(|item| self.is_filled(declaration, from, *item));
        }
        let slot = from.mark(id).slot.and_then(|slot| declaration.slots.get(slot as usize));
        let slot = match slot {
            Some(Slot::Image { image, .. }) => Some(&image.reference),
            slot => slot,
        };
        let Some(Slot::Text { parts, .. }) = slot else { return false };
        parts.iter().any(|part| match part {
            TextPart::Parameter(parameter) => self.assembler.values.contains_key(parameter.name),
            TextPart::Literal(_) => false,
        })
    }

    fn annotate(
        &mut self,
        declaration: &'static Declaration,
        mark: &Mark,
        id: NodeId,
        comments: bool,
    ) {
        if comments && !mark.above.is_empty() {
            self.object.comments.above.entry(id).or_default().extend(mark.above.iter().cloned());
        }
        if let Some(behind) = mark.behind.as_ref().filter(|_| comments) {
            self.object.comments.behind.insert(id, behind.clone());
        }
        if mark.external {
            self.object.externals.push(id);
        }
        for waiver in &mark.waivers {
            let waiver = waiver.clone();
            self.object.waivers.push(PlacedWaiver { node: id, waiver, source: declaration.source });
        }
    }

    fn fill(&mut self, slot: &'static Slot, place: Option<Place>) -> Option<NodeId> {
        match slot {
            Slot::Value(value) => {
                let id = self.object.push_value(&value(), place);
                self.object.computed.insert(id);
                Some(id)
            }
            Slot::Name(reference) => {
                let name = self.assembler.name_of(reference)?;
                let id = self.object.push_str(&name, place);
                self.object.references.push((id, *reference));
                Some(id)
            }
            Slot::Fragment(reference) => self.fragment(reference),
            Slot::Image { image, .. } => {
                let id = self.fill(&image.reference, place)?;
                self.object.images.push((id, image));
                Some(id)
            }
            Slot::Selector(reference) => {
                let id = match self.assembler.selector_of(reference) {
                    Some(selector) => self.selector(&selector, place),
                    None => {
                        let empty = self.object.tree.push_map(&[]);
                        self.object.placed(empty, place)
                    }
                };
                self.object.references.push((id, *reference));
                Some(id)
            }
            Slot::Object(reference, form) => self.named_object(reference, *form, place),
            Slot::Text { parts, text } => Some(self.text(parts, *text, place)),
        }
    }

    fn fragment(&mut self, reference: &Reference) -> Option<NodeId> {
        if self.depth >= DEEPEST {
            return None;
        }
        let declaration = reference.declaration();
        let annotated = self.assembler.decode(declaration)?;
        let mut copy = Copy {
            assembler: &mut *self.assembler,
            object: &mut *self.object,
            depth: self.depth + 1,
        };
        copy.node(declaration, &annotated, annotated.root, true)
    }

    /// The selected labels, at the place of the reference.
    fn selector(&mut self, selector: &Object, place: Option<Place>) -> NodeId {
        let mut pairs = Vec::new();
        for entry in selector.tree.entries(selector.root) {
            let key = self.object.push_str(selector.tree.str(entry.key), place);
            let value = self.object.push_str(selector.tree.str(entry.value), place);
            pairs.push(Entry { key, value });
        }
        let id = self.object.tree.push_map(&pairs);
        self.object.placed(id, place)
    }

    /// Another object, by the fields that name it.
    fn named_object(
        &mut self,
        reference: &Reference,
        form: ObjectForm,
        place: Option<Place>,
    ) -> Option<NodeId> {
        let declaration = reference.declaration();
        let mut text = |path: &[&str]| {
            let part = self.assembler.part(declaration, &[path])?;
            Some(part.tree.str(part.root).to_owned())
        };
        let (version, kind) = (text(&["apiVersion"])?, text(&["kind"])?);
        let namespace = text(&["metadata", "namespace"]);
        let name = self.assembler.name_of(reference)?;
        let group = version.split_once('/').map_or("", |(group, _)| group).to_owned();
        let mut fields = match form {
            ObjectForm::Target => vec![("apiVersion", version), ("kind", kind), ("name", name)],
            ObjectForm::Role => vec![("apiGroup", group), ("kind", kind), ("name", name)],
            ObjectForm::Subject => vec![("kind", kind), ("name", name)],
        };
        if form == ObjectForm::Subject {
            let namespace = namespace.or_else(|| self.assembler.namespace.clone());
            fields.extend(namespace.map(|namespace| ("namespace", namespace)));
        }
        let mut pairs = Vec::with_capacity(fields.len());
        for (key, value) in fields {
            let key = self.object.push_str(key, place);
            let value = self.object.push_str(&value, place);
            pairs.push(Entry { key, value });
        }
        let id = self.object.tree.push_map(&pairs);
        let id = self.object.placed(id, place);
        if form == ObjectForm::Target {
            self.object.references.push((id, *reference));
        }
        Some(id)
    }

    fn text(
        &mut self,
        parts: &'static [TextPart],
        text_only: bool,
        place: Option<Place>,
    ) -> NodeId {
        let mut text = String::new();
        let (mut placeholder, mut unsettled) = (false, false);
        let mut used = Vec::new();
        for part in parts {
            match part {
                TextPart::Literal(literal) => text.push_str(literal),
                TextPart::Parameter(parameter) => {
                    let given = self.assembler.values.get(parameter.name);
                    unsettled |= given.is_none();
                    placeholder |= given.is_none() && parameter.placeholder;
                    text.push_str(given.map_or(parameter.shown, String::as_str));
                    used.push(*parameter);
                }
            }
        }
        let typed = match parts {
            [TextPart::Parameter(parameter)] if !text_only => self.typed(parameter, &text),
            _ => None,
        };
        let id = match typed {
            Some(id) => id,
            None => self.object.tree.push_str(&text),
        };
        let id = self.object.placed(id, place);
        if placeholder {
            self.object.placeholders.push(id);
        }
        if unsettled {
            self.object.unsettled.push(id);
        }
        self.object.parameters.extend(used.into_iter().map(|parameter| (parameter, id)));
        id
    }

    /// A parameter that is a number or a boolean, in a field that could take one.
    fn typed(&mut self, parameter: &Parameter, text: &str) -> Option<NodeId> {
        use reactbin_check::parameter::ParameterType;
        match ParameterType::find(parameter.ty)? {
            ParameterType::Boolean => Some(self.object.tree.push_bool(text.parse().ok()?)),
            ParameterType::Integer | ParameterType::Port => {
                Some(self.object.tree.push_int(text.parse().ok()?))
            }
            _ => None,
        }
    }
}

fn place_of(declaration: &'static Declaration, mark: &Mark) -> Option<Place> {
    mark.position.map(|position| Place { source: declaration.source, position })
}
