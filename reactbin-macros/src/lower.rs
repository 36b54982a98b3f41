//! From entries and values to the Kubernetes object: a tree, and beside it where each node was
//! written.
//!
//! Follows the types of the facts and knows no field by name; what is special to one type is in
//! `shorthand.rs`, which references there are in `reference.rs`.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote_spanned};
use reactbin_check::facts::{Field, Ty, TypeDef, overrides};
use reactbin_check::parameter::ParameterType;
use reactbin_check::structure::unknown_field;
use reactbin_check::suggest::suggest;
use reactbin_check::wire::{self, Mark};
use reactbin_check::{Entry as Pair, Naming, NodeId, Tree, Value as Plain};

use crate::attributes::refuse_above;
use crate::contract::{self, Contract, EnvDemand, Waived};
use crate::errors::Errors;
use crate::levels::{CONTAINER, POD};
use crate::names::{is_dashed, referenced_type};
use crate::reference::{self, PARAMETER, Target};
use crate::shorthand;
use crate::spot::Spot;
use crate::syntax::{Above, Entry, Item, Key, Path, Value, ValueKind, ident_text};
use crate::words::NO_LINT;

/// The calls of the language, each with an argument of the kind that it takes.
const CALLS: &[(&str, &str)] = &[
    ("claim", "pictures"),
    ("cluster_role", "reader"),
    ("config_map", "settings"),
    ("external", "\"name\""),
    ("file", "\"settings.conf\""),
    ("group", "\"developers\""),
    ("param", "api_tag"),
    ("role", "reader"),
    ("secret", "api_env"),
    ("user", "\"alice\""),
];

/// A value that a later moment puts into the tree.
#[derive(Debug)]
pub(crate) struct Slot {
    pub(crate) kind: SlotKind,
    pub(crate) spot: Spot,
}

#[derive(Debug)]
pub(crate) enum SlotKind {
    /// A Rust expression and the type of its field.
    Value { expression: TokenStream, ty: Ty },
    /// The name of the object that an item declares.
    Name { item: TokenStream, target: Target },
    /// A container that is declared on its own.
    Fragment { item: TokenStream },
    /// An image, and the paths that its container needs in it.
    Image { item: TokenStream, needs: Vec<(String, Spot)> },
    /// The labels that select an item's pods.
    Selector { item: TokenStream },
    /// Another object, as the fields by which this form names it.
    Object { item: TokenStream, form: ObjectForm },
    /// A text with parameters in it.
    Text { parts: Vec<TextPart>, ty: Ty },
}

/// The fields by which an object is named.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ObjectForm {
    /// `apiVersion`, `kind`, `name`: the target of an autoscaler.
    Target,
    /// `apiGroup`, `kind`, `name`: the role of a binding.
    Role,
    /// `kind`, `name`, `namespace`: the subject of a binding.
    Subject,
}

#[derive(Debug)]
pub(crate) enum TextPart {
    Literal(String),
    Parameter { item: TokenStream, spot: Spot },
}

/// What rustc is asked to hold of another item's constants.
#[derive(Debug)]
pub(crate) struct Demand {
    pub(crate) kind: DemandKind,
    /// The item that is asked.
    pub(crate) item: TokenStream,
    pub(crate) spot: Spot,
}

#[derive(Debug)]
pub(crate) enum DemandKind {
    /// The workload's containers have this port.
    ContainerPort(Port),
    /// The Service has this port.
    ServicePort(Port),
    /// The item is a workload.
    Pods,
    /// The Secret or ConfigMap has this key.
    Key(String),
    /// The image is what this, a variant of the facade's, asks for; with whether no waiver may stand
    /// for it.
    Image(TokenStream, bool),
    /// The parameter is of one of these types; the second says what the field takes.
    Type(&'static [ParameterType], &'static str),
}

#[derive(Clone, Debug)]
pub(crate) enum Port {
    Number(i64),
    Name(String),
}

/// The state of lowering one declaration.
pub(crate) struct Lower {
    pub(crate) tree: Tree,
    pub(crate) marks: Vec<Mark>,
    pub(crate) spots: Vec<Spot>,
    pub(crate) slots: Vec<Slot>,
    pub(crate) demands: Vec<Demand>,
    pub(crate) envs: Vec<EnvDemand>,
    /// The nodes that name an image that is declared, and its item.
    pub(crate) images: Vec<(NodeId, TokenStream)>,
    /// What containers say beside their fields.
    pub(crate) contracts: Vec<(NodeId, Contract)>,
    /// What was read of the container that is being lowered.
    open: Contract,
    pub(crate) waived: Vec<Waived>,
    /// Waivers by the node that they cover, for the checks of this moment.
    pub(crate) waivers: BTreeMap<NodeId, Vec<(usize, Spot)>>,
    pub(crate) errors: Errors,
    /// Values that are an error already, of which nothing else is said.
    pub(crate) doubtful: Vec<NodeId>,
    /// The file of the invocation; positions in any other are left out.
    pub(crate) home: String,
    /// The types of the objects around, outermost first.
    types: Vec<&'static TypeDef>,
}

impl Lower {
    pub(crate) fn new(errors: Errors, home: String) -> Lower {
        Lower {
            tree: Tree::new(),
            marks: Vec::new(),
            spots: Vec::new(),
            slots: Vec::new(),
            demands: Vec::new(),
            envs: Vec::new(),
            images: Vec::new(),
            contracts: Vec::new(),
            open: Contract::default(),
            waived: Vec::new(),
            waivers: BTreeMap::new(),
            errors,
            doubtful: Vec::new(),
            home,
            types: Vec::new(),
        }
    }

    fn placed(&mut self, id: NodeId, spot: Spot) -> NodeId {
        let mark = Mark { position: spot.position(&self.home), ..Mark::default() };
        self.marks.push(mark);
        self.spots.push(spot);
        id
    }

    pub(crate) fn text(&mut self, text: &str, spot: Spot) -> NodeId {
        let id = self.tree.push_str(text);
        self.placed(id, spot)
    }

    pub(crate) fn int(&mut self, number: i64, spot: Spot) -> NodeId {
        let id = self.tree.push_int(number);
        self.placed(id, spot)
    }

    pub(crate) fn bool(&mut self, value: bool, spot: Spot) -> NodeId {
        let id = self.tree.push_bool(value);
        self.placed(id, spot)
    }

    pub(crate) fn unknown(&mut self, spot: Spot) -> NodeId {
        let id = self.tree.push_unknown();
        self.placed(id, spot)
    }

    pub(crate) fn list(&mut self, items: &[NodeId], spot: Spot) -> NodeId {
        let id = self.tree.push_list(items);
        self.placed(id, spot)
    }

    pub(crate) fn map(&mut self, entries: &[Pair], spot: Spot) -> NodeId {
        let id = self.tree.push_map(entries);
        self.placed(id, spot)
    }

    /// An entry of a key that the author didn't write.
    pub(crate) fn pair(&mut self, key: &str, key_spot: Spot, value: NodeId) -> Pair {
        let key = self.text(key, key_spot);
        Pair { key, value }
    }

    pub(crate) fn slot(&mut self, kind: SlotKind, spot: Spot) -> NodeId {
        let id = self.unknown(spot);
        self.marks[id.index()].slot = Some(self.slots.len() as u32);
        self.slots.push(Slot { kind, spot });
        id
    }

    /// Hangs comments on `at` (a key, or an item) and waivers on the value they cover.
    pub(crate) fn annotate(&mut self, above: &Above, at: NodeId, value: NodeId) {
        let mark = &mut self.marks[at.index()];
        mark.above.extend(above.docs.iter().cloned());
        if above.behind.is_some() {
            mark.behind.clone_from(&above.behind);
        }
        for waiver in &above.waivers {
            let list = &mut self.marks[value.index()].waivers;
            self.waivers.entry(value).or_default().push((list.len(), waiver.spot));
            list.push(wire::Waiver {
                rule: waiver.rule.clone(),
                level: waiver.level,
                reason: waiver.reason.clone(),
                used: waiver.faulty,
                position: waiver.spot.position(&self.home),
            });
        }
    }

    // ---- values by type ----

    pub(crate) fn lower_field(
        &mut self,
        value: &Value,
        owner: &'static TypeDef,
        field: &'static Field,
    ) -> NodeId {
        if self.says_nothing(value, &field.ty) {
            return self.unknown(value.spot);
        }
        if let Some(node) = shorthand::lower_field(self, value, owner, field) {
            return node;
        }
        if let Some(target) = reference::target(owner.name, field.name) {
            return self.lower_reference(value, target, &field.ty);
        }
        self.lower_value(value, &field.ty, owner, Some(field))
    }

    pub(crate) fn lower_value(
        &mut self,
        value: &Value,
        ty: &'static Ty,
        owner: &'static TypeDef,
        field: Option<&'static Field>,
    ) -> NodeId {
        if self.says_nothing(value, ty) {
            return self.unknown(value.spot);
        }
        match (&value.kind, ty) {
            (ValueKind::Wrong, _) => self.unknown(value.spot),
            (ValueKind::Expr(tokens), ty) => {
                let kind = SlotKind::Value { expression: tokens.clone(), ty: *ty };
                self.slot(kind, value.spot)
            }
            (ValueKind::Map(entries), Ty::Object(ty)) => self.lower_object(entries, ty, value.spot),
            (ValueKind::Map(entries), Ty::List(Ty::Object(item))) => {
                self.lower_named_list(entries, item, field, value.spot)
            }
            (ValueKind::Map(entries), Ty::Map(item)) => {
                self.lower_map(entries, item, owner, value.spot)
            }
            (ValueKind::Map(entries), _) => self.lower_map(entries, &Ty::Any, owner, value.spot),
            (ValueKind::List(items), Ty::List(item)) => {
                self.lower_list(items, item, owner, field, value.spot)
            }
            (ValueKind::List(items), _) => {
                self.lower_list(items, &Ty::Any, owner, field, value.spot)
            }
            _ => self.lower_scalar(value, ty, owner, field),
        }
    }

    /// `null`, or `None` where that is no text. It is an error.
    fn says_nothing(&mut self, value: &Value, ty: &Ty) -> bool {
        let ValueKind::Path(path) = &value.kind else { return false };
        let word = path.ident().map(ident_text).unwrap_or_default();
        let text = matches!(ty, Ty::String | Ty::Any | Ty::IntOrString);
        if word != "null" && (word != "None" || text) {
            return false;
        }
        self.errors
            .push(value.spot, format!("`{word}` says that there is no value"))
            .help("leave the key out");
        true
    }

    /// `[{ KEY: "v" }]`: the key of an item that is written as a map of one name.
    fn key_of_named<'i>(
        items: &'i [Item],
        ty: &'static Ty,
        owner: &'static TypeDef,
        field: Option<&'static Field>,
    ) -> Option<&'i Key> {
        let (Ty::Object(item), Some(field)) = (ty, field) else { return None };
        if field.keys.len() != 1 && !shorthand::has_named_ports(owner, field) {
            return None;
        }
        items.iter().find_map(|entry| match &entry.value.kind {
            ValueKind::Map(entries) => match &entries[..] {
                [Entry { key, .. }] => {
                    let known = item.field_by_snake(&key.text).is_some();
                    let meant = || unknown_field(&key.text, item, &[item], Naming::Snake).meant;
                    (!known && meant().is_empty()).then_some(key)
                }
                _ => None,
            },
            _ => None,
        })
    }

    fn lower_list(
        &mut self,
        items: &[Item],
        ty: &'static Ty,
        owner: &'static TypeDef,
        field: Option<&'static Field>,
        spot: Spot,
    ) -> NodeId {
        if let (Some(key), Some(field)) = (Self::key_of_named(items, ty, owner, field), field) {
            let name = if key.quoted { format!("{:?}", key.text) } else { key.text.clone() };
            self.errors
                .push(key.spot, format!("the items of `{}` are named in a map", field.snake))
                .help(format!("write `{}: {{ {name}: … }}`", field.snake));
            return self.unknown(spot);
        }
        let mut nodes = Vec::with_capacity(items.len());
        for item in items {
            let special = field.and_then(|f| shorthand::lower_item(self, &item.value, owner, f));
            let node = match special {
                Some(node) => node,
                None => self.lower_value(&item.value, ty, owner, field),
            };
            self.annotate(&item.above, node, node);
            nodes.push(node);
        }
        self.list(&nodes, spot)
    }

    fn lower_map(
        &mut self,
        entries: &[Entry],
        ty: &'static Ty,
        owner: &'static TypeDef,
        spot: Spot,
    ) -> NodeId {
        let mut pairs = Vec::with_capacity(entries.len());
        for entry in entries {
            let key = self.text(&entry.key.text, entry.key.spot);
            let value = self.lower_value(&entry.value, ty, owner, None);
            self.annotate(&entry.above, key, value);
            pairs.push(Pair { key, value });
        }
        self.map(&pairs, spot)
    }

    /// An object of a type that the facts have.
    pub(crate) fn lower_object(
        &mut self,
        entries: &[Entry],
        ty: &'static TypeDef,
        spot: Spot,
    ) -> NodeId {
        let mut pairs = Vec::with_capacity(entries.len());
        self.lower_entries(entries, ty, &mut pairs);
        let id = self.map(&pairs, spot);
        self.finish_object(id, ty);
        id
    }

    /// What a whole object demands of other items.
    fn finish_object(&mut self, id: NodeId, ty: &'static TypeDef) {
        shorthand::demand(self, id, ty);
        if ty.name == CONTAINER {
            let contract = std::mem::take(&mut self.open);
            contract::bind(self, id, contract);
        }
    }

    /// The entries of an object, added to those that it has already.
    pub(crate) fn lower_entries(
        &mut self,
        entries: &[Entry],
        ty: &'static TypeDef,
        pairs: &mut Vec<Pair>,
    ) {
        self.types.push(ty);
        let (known, unknown): (Vec<_>, Vec<_>) =
            entries.iter().partition(|entry| ty.field_by_snake(&entry.key.text).is_some());
        for entry in known {
            pairs.extend(self.lower_entry(entry, ty));
        }
        // Behind all others, so that the field that was likely meant is known to be given or not.
        for entry in unknown {
            if ty.open {
                let pair = self.lower_unlisted(entry, ty);
                pairs.push(pair);
                continue;
            }
            if ty.name == CONTAINER && self.open.take(entry, &mut self.errors) {
                refuse_above(entry, NO_LINT, &mut self.errors);
            } else {
                self.unknown_key(&entry.key, ty, pairs);
            }
        }
        self.types.pop();
    }

    pub(crate) fn lower_entry(&mut self, entry: &Entry, ty: &'static TypeDef) -> Option<Pair> {
        let Some(field) = ty.field_by_snake(&entry.key.text) else {
            let mut meant = Vec::new();
            self.unknown_key(&entry.key, ty, &mut meant);
            return meant.pop();
        };
        let key = self.text(field.name, entry.key.spot);
        let value = self.lower_field(&entry.value, ty, field);
        self.annotate(&entry.above, key, value);
        Some(Pair { key, value })
    }

    /// An entry of which nothing is known, where the type allows others than its fields. Its key is
    /// what the author writes.
    pub(crate) fn lower_unlisted(&mut self, entry: &Entry, ty: &'static TypeDef) -> Pair {
        let key = self.text(&entry.key.text, entry.key.spot);
        let value = self.lower_value(&entry.value, &Ty::Any, ty, None);
        self.annotate(&entry.above, key, value);
        Pair { key, value }
    }

    /// Reports a key that the type doesn't have. The field that was likely meant is given an
    /// unknown value, so that it doesn't count as missing too.
    fn unknown_key(&mut self, key: &Key, ty: &'static TypeDef, pairs: &mut Vec<Pair>) {
        let around = if self.types.last() == Some(&ty) { self.types.clone() } else { vec![ty] };
        let unknown = unknown_field(&key.text, ty, &around, Naming::Snake);
        let error = self.errors.push(key.spot, unknown.message);
        let of_resources = ty.name == "api.core.v1.ResourceRequirements"
            && ["cpu", "memory", "ephemeral_storage"].contains(&key.text.as_str());
        let help = match key.text.as_str() {
            _ if of_resources => Some("write it in `requests` or `limits`".to_owned()),
            "metadata" if ty.name == POD => Some("write `pod: { labels: … }`".to_owned()),
            _ => unknown.help,
        };
        if let Some(help) = help {
            error.help(help);
        }
        let given = |field: &str| pairs.iter().any(|pair| self.tree.str(pair.key) == field);
        if unknown.meant.iter().any(|field| given(field)) {
            return;
        }
        if let Some(meant) = unknown.meant.first() {
            let value = self.unknown(key.spot);
            pairs.push(self.pair(meant, key.spot, value));
        }
    }

    /// A list of named objects, written as a map from their names: `{ data: { … } }`.
    fn lower_named_list(
        &mut self,
        entries: &[Entry],
        item: &'static TypeDef,
        field: Option<&'static Field>,
        spot: Spot,
    ) -> NodeId {
        let [name] = field.map_or(&[][..], |field| field.keys) else {
            let entries = entries.to_vec();
            let pairs = self.lower_map(&entries, &Ty::Any, item, spot);
            return pairs;
        };
        let dashed = item.field(name).is_some_and(|field| is_name(item, field));
        let mut nodes = Vec::with_capacity(entries.len());
        for entry in entries {
            let text = key_text(&entry.key, dashed);
            let name_node = self.text(&text, entry.key.spot);
            let name_pair = self.pair(name, entry.key.spot, name_node);
            let node = self.lower_named(entry, item, name_pair, entry.key.spot);
            self.annotate(&entry.above, node, node);
            nodes.push(node);
        }
        self.list(&nodes, spot)
    }

    fn lower_named(
        &mut self,
        entry: &Entry,
        item: &'static TypeDef,
        name: Pair,
        spot: Spot,
    ) -> NodeId {
        if let Some(node) = shorthand::lower_named(self, entry, item, name) {
            return node;
        }
        match &entry.value.kind {
            ValueKind::Map(entries) => {
                let mut pairs = vec![name];
                self.lower_entries(entries, item, &mut pairs);
                // What it lacks is said at its name.
                let id = self.map(&pairs, spot);
                self.finish_object(id, item);
                id
            }
            ValueKind::Wrong => self.unknown(entry.value.spot),
            _ => {
                self.errors
                    .push(
                        entry.value.spot,
                        format!("expected the fields of {} in `{{ }}`", item.title()),
                    )
                    .help("write `{ … }`");
                self.unknown(entry.value.spot)
            }
        }
    }

    // ---- scalars ----

    fn lower_scalar(
        &mut self,
        value: &Value,
        ty: &Ty,
        owner: &'static TypeDef,
        field: Option<&'static Field>,
    ) -> NodeId {
        let spot = value.spot;
        match &value.kind {
            ValueKind::Bool(value) => self.bool(*value, spot),
            // In JSON a quantity is a string; a bare number would be one only to the API server.
            ValueKind::Int(number) if matches!(ty, Ty::Quantity) => {
                self.text(&number.to_string(), spot)
            }
            ValueKind::Float(number) if matches!(ty, Ty::Quantity) => {
                self.text(&number.to_string(), spot)
            }
            ValueKind::Int(number) => self.int(*number, spot),
            ValueKind::Float(number) => {
                let id = self.tree.push_float(*number);
                self.placed(id, spot)
            }
            ValueKind::Str(text) | ValueKind::Suffixed(text) => self.text(text, spot),
            ValueKind::Path(path) if path.ident().is_some() => {
                if self.wants_expression(path, ty, spot, field) {
                    return self.unknown(spot);
                }
                self.lower_word(path, spot, owner, field)
            }
            ValueKind::Path(path) => self.lower_word(path, spot, owner, field),
            ValueKind::Call(name, arguments) => self.lower_call(name, arguments, spot, ty),
            ValueKind::Concat(parts) => self.lower_text(parts, spot, ty),
            ValueKind::Part(..) => {
                self.errors
                    .push(
                        spot,
                        "a part of another item can't stand here: this field takes a plain value",
                    )
                    .help("write a text in quotes, or a Rust expression in `( )`");
                self.unknown(spot)
            }
            _ => self.unknown(spot),
        }
    }

    /// A Rust name where a number or a boolean stands. It is an error.
    fn wants_expression(
        &mut self,
        path: &Path,
        ty: &Ty,
        spot: Spot,
        field: Option<&'static Field>,
    ) -> bool {
        let (takes, write) = match ty {
            Ty::Bool => ("a boolean", "`true` or `false`"),
            Ty::Int32 | Ty::Int64 => ("an integer", "a whole number"),
            Ty::Double => ("a number", "a number"),
            _ => return false,
        };
        let word = ident_text(&path.last);
        let owner = match field {
            Some(Field { snake, ty: Ty::List(_), .. }) => format!("an item of `{snake}` is"),
            Some(Field { snake, ty: Ty::Map(_), .. }) => format!("a value of `{snake}` is"),
            Some(Field { snake, .. }) => format!("`{snake}` takes"),
            None => "expected".to_owned(),
        };
        let meant = match word.to_ascii_lowercase().as_str() {
            "yes" | "on" | "true" if matches!(ty, Ty::Bool) => Some("true"),
            "no" | "off" | "false" if matches!(ty, Ty::Bool) => Some("false"),
            _ => None,
        };
        let help = match meant {
            Some(meant) => format!("write `{meant}`"),
            None => format!("write {write}, or `({word})` for a Rust value"),
        };
        self.errors.push(spot, format!("{owner} {takes}, not the name `{word}`")).help(help);
        true
    }

    /// A call that the language has, with another number of arguments than one. It is an error.
    pub(crate) fn wrong_count(&mut self, name: &str, arguments: &[Value], spot: Spot) -> bool {
        let Some((_, example)) = CALLS.iter().find(|(call, _)| *call == name) else {
            return false;
        };
        if arguments.len() == 1 {
            return false;
        }
        self.errors
            .push(spot, format!("`{name}` takes one argument, not {}", arguments.len()))
            .help(format!("write `{name}({example})`"));
        true
    }

    /// A bare identifier where a text stands: a name or an enum value.
    fn lower_word(
        &mut self,
        path: &Path,
        spot: Spot,
        owner: &'static TypeDef,
        field: Option<&'static Field>,
    ) -> NodeId {
        let Some(ident) = path.ident() else {
            let path = path_text(path);
            self.errors
                .push(spot, format!("`{path}` is a path, and this field takes no reference"))
                .help(format!("write `({path})` for a Rust value"));
            return self.unknown(spot);
        };
        let word = ident_text(ident);
        if !word.contains('_') {
            return self.text(&word, spot);
        }
        let dashed = word.replace('_', "-");
        let values = field.map_or(&[][..], |field| overrides::values(owner, field));
        if let Some(value) = values.iter().find(|value| **value == word || **value == dashed) {
            return self.text(value, spot);
        }
        if !values.is_empty() || field.is_some_and(|field| is_name(owner, field)) {
            return self.text(&dashed, spot);
        }
        self.errors
            .push(spot, format!("`{word}` could mean two texts here"))
            .help(format!("write `\"{word}\"` or `\"{dashed}\"`"));
        // Whatever is made of the name goes on with one of the two.
        let node = self.text(&dashed, spot);
        self.doubtful.push(node);
        node
    }

    fn lower_call(&mut self, name: &Ident, arguments: &[Value], spot: Spot, ty: &Ty) -> NodeId {
        if self.wrong_count(&ident_text(name), arguments, spot) {
            return self.unknown(spot);
        }
        match (ident_text(name).as_str(), arguments) {
            ("param", [argument]) => {
                let Some(part) = self.parameter(argument) else { return self.unknown(spot) };
                self.demand_type(&part, ty);
                self.slot(SlotKind::Text { parts: vec![part], ty: *ty }, spot)
            }
            ("external", [argument]) => {
                let mut help = "write a reference only where an object is named".to_owned();
                if let ValueKind::Str(text) = &argument.kind {
                    help = format!("write `\"{text}\"`");
                }
                self.errors.push(spot, "`external` stands where an item could be named, and this field takes a plain value").help(help);
                self.unknown(spot)
            }
            ("file", [Value { kind: ValueKind::Str(path), spot: at }]) => {
                self.lower_file(path, *at, spot, ty)
            }
            ("file", _) => {
                self.errors
                    .push(spot, "`file` takes the path of a file of this crate")
                    .help("write `file(\"settings.conf\")`");
                self.unknown(spot)
            }
            ("placeholder", _) => {
                self.errors
                    .push(spot, "a placeholder is the value of a parameter")
                    .help("declare `parameter! { name: …, type: …, placeholder: \"<…>\" }` and write `param(…)` here");
                self.unknown(spot)
            }
            (name, _) => {
                let meant = suggest(name, CALLS.iter().map(|(call, _)| *call));
                let help = match meant.filter(|meant| *meant != name) {
                    Some(meant) => {
                        format!("use `{meant}`, or write `({name}(…))` for a Rust expression")
                    }
                    None => format!("write `({name}(…))` for a Rust expression"),
                };
                self.errors
                    .push(spot, format!("`{name}(…)` is no value of this language"))
                    .help(help);
                self.unknown(spot)
            }
        }
    }

    /// `file("settings.conf")`: a file's content; rustc reads it, so that an edit of it rebuilds.
    fn lower_file(&mut self, path: &str, at: Spot, spot: Spot, ty: &Ty) -> NodeId {
        let from_root = format!("/{path}");
        let span = at.start;
        let file = quote_spanned! {span=>
            ::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), #from_root)
        };
        let expression = match ty {
            Ty::Bytes => quote_spanned!(span=> (__reactbin::bytes(::core::include_bytes!(#file)))),
            Ty::String => quote_spanned!(span=> (::core::include_str!(#file))),
            _ => {
                self.errors.push(spot, "a file's content is text, and this field takes none");
                return self.unknown(spot);
            }
        };
        self.slot(SlotKind::Value { expression, ty: *ty }, spot)
    }

    fn parameter(&mut self, argument: &Value) -> Option<TextPart> {
        let ValueKind::Path(path) = &argument.kind else {
            if !matches!(argument.kind, ValueKind::Wrong) {
                let name = match &argument.kind {
                    ValueKind::Str(text) => text.replace('-', "_"),
                    _ => "name".to_owned(),
                };
                self.errors.push(argument.spot, "`param` takes the name of a parameter").help(
                    format!(
                        "write `param({name})`, with `parameter! {{ name: {name}, … }}` declared"
                    ),
                );
            }
            return None;
        };
        let item = referenced_type(path, PARAMETER.suffix);
        Some(TextPart::Parameter { item, spot: argument.spot })
    }

    /// A parameter that fills a field alone must be of a type that the field takes.
    fn demand_type(&mut self, part: &TextPart, ty: &Ty) {
        let TextPart::Parameter { item, spot } = part else { return };
        let (types, takes): (&[ParameterType], _) = match ty {
            Ty::Bool => (&[ParameterType::Boolean], "a boolean"),
            Ty::Int32 | Ty::Int64 | Ty::Double => {
                (&[ParameterType::Integer, ParameterType::Port], "an integer")
            }
            Ty::Quantity => (&[ParameterType::Quantity, ParameterType::Integer], "a quantity"),
            _ => return,
        };
        let kind = DemandKind::Type(types, takes);
        self.demands.push(Demand { kind, item: item.clone(), spot: *spot });
    }

    fn lower_text(&mut self, parts: &[Value], spot: Spot, ty: &Ty) -> NodeId {
        if matches!(ty, Ty::Bool | Ty::Int32 | Ty::Int64 | Ty::Double) {
            self.errors
                .push(spot, "text that is joined with `+` can't be a number or a boolean")
                .help("write `param(…)` alone");
            return self.unknown(spot);
        }
        let mut texts = Vec::with_capacity(parts.len());
        for part in parts {
            let text = match &part.kind {
                ValueKind::Str(text) => Some(TextPart::Literal(text.clone())),
                ValueKind::Call(name, arguments) if name == "param" && arguments.len() == 1 => {
                    self.parameter(&arguments[0])
                }
                _ => {
                    self.errors
                        .push(part.spot, "only strings and `param(…)` can be joined with `+`")
                        .help("write the text in quotes");
                    None
                }
            };
            match text {
                Some(text) => texts.push(text),
                None => return self.unknown(spot),
            }
        }
        self.slot(SlotKind::Text { parts: texts, ty: *ty }, spot)
    }

    // ---- references ----

    /// A field that names another object.
    pub(crate) fn lower_reference(&mut self, value: &Value, target: Target, ty: &Ty) -> NodeId {
        let spot = value.spot;
        match &value.kind {
            ValueKind::Path(path) => {
                let item = referenced_type(path, target.suffix);
                self.slot(SlotKind::Name { item, target }, spot)
            }
            ValueKind::Call(name, arguments) if name == "external" => {
                if self.wrong_count("external", arguments, spot) {
                    return self.unknown(spot);
                }
                let id = match arguments.first().map(|argument| &argument.kind) {
                    Some(ValueKind::Str(text)) if arguments.len() == 1 => self.text(text, spot),
                    Some(ValueKind::Expr(tokens)) if arguments.len() == 1 => {
                        let kind = SlotKind::Value { expression: tokens.clone(), ty: *ty };
                        self.slot(kind, spot)
                    }
                    _ => {
                        let name = match arguments.first().map(|argument| &argument.kind) {
                            Some(ValueKind::Path(path)) => ident_text(&path.last).replace('_', "-"),
                            _ => "name".to_owned(),
                        };
                        self.errors
                            .push(spot, "`external` takes the name of the object as a text")
                            .help(format!("write `external(\"{name}\")`"));
                        self.unknown(spot)
                    }
                };
                self.marks[id.index()].external = true;
                id
            }
            ValueKind::Str(text) => {
                let item = text.replace(['-', '.'], "_");
                self.errors
                    .push(spot, format!("a plain string can't say whether {} of that name exists", target.what))
                    .help(format!(
                        "name the item, `{item}`, or write `external(\"{text}\")` for one that is made elsewhere",
                    ));
                self.unknown(spot)
            }
            ValueKind::Expr(tokens) => {
                let kind = SlotKind::Value { expression: tokens.clone(), ty: *ty };
                self.slot(kind, spot)
            }
            ValueKind::Concat(parts) => self.lower_text(parts, spot, ty),
            ValueKind::Call(name, arguments) => self.lower_call(name, arguments, spot, ty),
            ValueKind::Wrong => self.unknown(spot),
            _ => {
                self.errors.push(spot, format!("expected the name of {}", target.what)).help(
                    "name an item, or write `external(\"name\")` for one that is made elsewhere",
                );
                self.unknown(spot)
            }
        }
    }

    /// The item that a reference names, if the node is one to this kind of item.
    pub(crate) fn item_of(&self, node: NodeId, wanted: Target) -> Option<TokenStream> {
        let slot = self.marks[node.index()].slot?;
        match &self.slots.get(slot as usize)?.kind {
            SlotKind::Name { item, target } if *target == wanted => Some(item.clone()),
            _ => None,
        }
    }

    /// The port that a node says, if it is known.
    pub(crate) fn port(&self, node: NodeId) -> Option<Port> {
        match self.tree.get(node) {
            Plain::Int(number) => Some(Port::Number(number)),
            Plain::Str(name) => Some(Port::Name(name.to_owned())),
            _ => None,
        }
    }
}

/// A key's text: a name in Kubernetes where its list has names, else as it stands.
pub(crate) fn key_text(key: &Key, dashed: bool) -> String {
    if dashed && !key.quoted { key.text.replace('_', "-") } else { key.text.clone() }
}

/// Whether a field's text is a name, in which Kubernetes has `-` where Rust has `_`: its format
/// says so, or it has no format and is called a name.
fn is_name(owner: &'static TypeDef, field: &'static Field) -> bool {
    match overrides::format(owner, field.name) {
        Some(format) => is_dashed(format),
        None => field.name == "name" || field.name.ends_with("Name"),
    }
}

pub(crate) fn path_text(path: &Path) -> String {
    let mut text = path.prefix.to_string().replace(' ', "");
    text.push_str(&path.last.to_token_stream().to_string());
    text
}
