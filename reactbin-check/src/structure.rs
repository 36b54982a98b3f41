//! The structural phase: what a strict decoder and the field tables say, before any rule that
//! relates fields to each other.
//!
//! Knows no Kubernetes kind by name; everything comes from the facts and their overrides.

use std::collections::{HashMap, hash_map};

use crate::cx::{Draft, Obj, Place, Taint};
use crate::facts::overrides::{self, Choice, Constraint};
use crate::facts::{Field, Ty, TypeDef};
use crate::finding::Reason;
use crate::formats::Format;
use crate::formats::json::decoded_length;
use crate::naming::Naming;
use crate::pattern::Pattern;
use crate::quantity::Quantity;
use crate::rules::{Rule, structural as rule};
use crate::suggest::suggest;
use crate::tree::{Entry, Keys, NodeId, Tree, Value};

/// Checks a tree against a type. Returns what is wrong with it and where, and what is left to rules.
pub(crate) fn check_structure(
    tree: &Tree,
    root: NodeId,
    ty: &'static TypeDef,
    custom: bool,
    naming: Naming,
) -> Structure {
    let mut walk = Walk {
        tree,
        naming,
        custom,
        in_status: false,
        taint: Taint::new(tree.len()),
        drafts: Vec::new(),
        objects: Vec::new(),
        types: Vec::new(),
        key: None,
    };
    walk.object(root, ty, None);
    Structure { taint: walk.taint, drafts: walk.drafts, objects: walk.objects }
}

/// What the structural phase has seen.
pub(crate) struct Structure {
    pub(crate) taint: Taint,
    pub(crate) drafts: Vec<Draft>,
    /// The objects that rules look at, in the order of the document.
    pub(crate) objects: Vec<(NodeId, &'static TypeDef)>,
}

struct Walk<'t> {
    tree: &'t Tree,
    naming: Naming,
    /// Whether the kind comes from a CRD.
    custom: bool,
    taint: Taint,
    drafts: Vec<Draft>,
    objects: Vec<(NodeId, &'static TypeDef)>,
    /// Whether it is in the object's status.
    in_status: bool,
    /// The types of the objects around the node, outermost first.
    types: Vec<&'static TypeDef>,
    /// The key of the map's value that was come to last.
    key: Option<NodeId>,
}

impl Walk<'_> {
    fn report(
        &mut self,
        rule: &'static Rule,
        reason: Reason,
        place: Place,
        message: String,
    ) -> &mut Draft {
        if let Place::Value(node) | Place::Key(node) = place {
            self.taint.mark(node);
        }
        self.drafts.push(Draft::new(rule, reason, place, message));
        let last = self.drafts.len() - 1;
        &mut self.drafts[last]
    }

    fn object(&mut self, id: NodeId, ty: &'static TypeDef, field: Option<&'static Field>) {
        match self.tree.get(id) {
            // The server reads a null item of a list or map as an object without fields.
            Value::Map(_) | Value::Null => {}
            Value::Unknown => return,
            other => {
                let expected = format!("a map: the fields of {}", ty.title());
                return self.wrong_type(id, &expected, other, field);
            }
        };
        self.types.push(ty);
        let index = ty.index();
        if !(index.rules.is_empty() && index.lints.is_empty()) {
            self.objects.push((id, ty));
        }
        let tree = self.tree;
        let keys = tree.keys(id);
        let mut repeated = self.repeated(keys).into_iter().peekable();
        for (hash, entry) in tree.hashed(keys) {
            let key = tree.str(entry.key);
            if let Some((_, first)) = repeated.next_if(|(later, _)| *later == entry.key) {
                self.duplicate_field(entry, first);
                continue;
            }
            let Some((place, field)) =
                index.place(key, hash, ty).and_then(|place| Some((place, ty.fields.get(place)?)))
            else {
                if !ty.open {
                    self.unknown_field(id, entry, ty);
                }
                continue;
            };
            // What a status lacks, or says with a value that it can't have, is nobody's business:
            // the server reads it, and starts with one of its own.
            self.in_status |= self.types.len() == 1 && key == "status";
            self.value(entry.value, &field.ty, Some(field));
            if !self.in_status {
                for constraint in index.constraints(place) {
                    self.constrain(entry.value, field, constraint);
                }
            }
            self.in_status &= self.types.len() > 1;
        }
        if !self.in_status {
            self.missing_fields(id, ty, &index.required);
            for choice in index.choices {
                self.choice(id, choice);
            }
        }
        self.types.pop();
    }

    /// The keys that stand in a map already, in their order, each with the entry where it stands
    /// first.
    fn repeated(&self, keys: Keys) -> Vec<(NodeId, Entry)> {
        let mut repeated = Vec::new();
        if keys.differ() {
            return repeated;
        }
        let tree = self.tree;
        let all = tree.hashed(keys);
        if all.size_hint().0 <= 16 {
            for (index, (hash, entry)) in all.enumerate() {
                let key = tree.str(entry.key);
                let before = tree.hashed(keys).take(index);
                let mut same =
                    before.filter(|(other, first)| *other == hash && tree.is_str(first.key, key));
                if let Some((_, first)) = same.next() {
                    repeated.push((entry.key, first));
                }
            }
            return repeated;
        }
        let mut seen = HashMap::new();
        for (_, entry) in all {
            match seen.entry(tree.str(entry.key)) {
                hash_map::Entry::Occupied(first) => repeated.push((entry.key, *first.get())),
                hash_map::Entry::Vacant(place) => {
                    place.insert(entry);
                }
            }
        }
        repeated
    }

    fn duplicate_field(&mut self, entry: Entry, first: Entry) {
        let message = format!("{} is given twice", self.naming.quote(self.tree.str(entry.key)));
        self.report(&rule::DUPLICATE_FIELD, Reason::Duplicate, Place::Key(entry.key), message)
            .help("remove one of them")
            .related(first.key, "first given here");
        self.taint.mark(entry.value);
    }

    fn unknown_field(&mut self, object: NodeId, entry: Entry, ty: &'static TypeDef) {
        let unknown = unknown_field(self.tree.str(entry.key), ty, &self.types, self.naming);
        for field in unknown.meant {
            self.taint.claim(object, field);
        }
        let draft = self.report(
            &rule::UNKNOWN_FIELD,
            Reason::UnknownField,
            Place::Key(entry.key),
            unknown.message,
        );
        if let Some(help) = unknown.help {
            draft.help(help);
        }
        self.taint.mark(entry.value);
    }

    fn missing_fields(&mut self, id: NodeId, ty: &'static TypeDef, required: &[&'static Field]) {
        for field in required.iter().copied() {
            let present = self.tree.entry(id, field.name).map(|entry| entry.value);
            match present.map(|value| self.tree.get(value)) {
                None | Some(Value::Null) if !self.taint.is_claimed(id, field.name) => {
                    self.missing_field(id, ty, field);
                }
                _ => {}
            }
        }
    }

    fn missing_field(&mut self, id: NodeId, ty: &'static TypeDef, field: &'static Field) {
        let name = self.naming.name(field.name);
        let message = format!("missing field `{name}` of {}", ty.title());
        let values = overrides::values(ty, field);
        let help = if (1..=8).contains(&values.len()) {
            let values: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
            format!("add `{name}: …`, which is {}", list_or(&values))
        } else {
            format!("add `{name}: …`, which is {}", describe(&field.ty))
        };
        let place = Place::Missing(id, field.name);
        self.report(&rule::MISSING_FIELD, Reason::Required, place, message)
            .help(help)
            .beneath(first_required(ty, field));
    }

    fn choice(&mut self, id: NodeId, choice: &Choice) {
        if self.taint.is_marked(id) {
            return;
        }
        let object = Obj::of(self.tree, &self.taint, id);
        let given = |object: Obj<'_>| {
            choice.fields.iter().any(|field| {
                let left_out = self.tree.entry(id, field).is_some_and(|e| self.left_out(field, e));
                !object.is_absent(field) && !left_out
            })
        };
        if !object.is_some_and(given) {
            let Some(what) = choice.at_least_one else { return };
            let help = (choice.fields.len() <= 8).then(|| {
                let quoted: Vec<String> =
                    choice.fields.iter().map(|f| self.naming.quote(f)).collect();
                format!("give {}", list_or(&quoted))
            });
            let message = format!("missing {what}");
            let draft = self.report(
                &rule::MISSING_FIELD,
                Reason::Required,
                Place::Missing(id, choice.missing),
                message,
            );
            if let Some(help) = help {
                draft.help(help);
            }
            return;
        }
        let mut found = choice.fields.iter().copied().filter_map(|field| {
            let entry = self.tree.entry(id, field)?;
            (!self.left_out(field, entry)).then_some((field, entry))
        });
        let Some((first_name, first)) = found.next() else { return };
        let rest: Vec<_> = found.collect();
        for (name, entry) in rest {
            let message = format!(
                "{} and {} can't both be given: {}",
                self.naming.quote(first_name),
                self.naming.quote(name),
                choice.only_one,
            );
            self.report(&rule::EXCLUSIVE_FIELDS, choice.reason, Place::Key(entry.key), message)
                .help("leave one of them out")
                .related(first.key, "the other one is here");
        }
    }

    /// Whether a field of a choice counts as left out: null, and a text or list that is empty,
    /// unless the server tells that from an absent one and refuses it.
    fn left_out(&self, field: &str, entry: Entry) -> bool {
        let empty = match self.tree.get(entry.value) {
            Value::Null => return true,
            Value::Str(text) => text.is_empty(),
            Value::List(items) => items.is_empty(),
            _ => false,
        };
        let field = self.types.last().filter(|_| empty).and_then(|ty| ty.field(field));
        field.is_some_and(|field| {
            matches!(field.ty, Ty::String | Ty::List(_))
                && !self.constraints(field).contains(&&Constraint::NotEmpty)
        })
    }

    fn value(&mut self, id: NodeId, ty: &'static Ty, field: Option<&'static Field>) {
        let value = self.tree.get(id);
        if matches!(value, Value::Unknown | Value::Null) {
            return;
        }
        // The field's own value, rather than an item of it.
        let whole = field.filter(|field| std::ptr::eq(&field.ty, ty));
        match ty {
            Ty::Object(ty) => self.object(id, ty, field),
            Ty::List(item) => match value {
                Value::List(items) => {
                    self.size_in_limits(id, items.len(), whole);
                    self.list(items, item, field)
                }
                other => self.wrong_type(id, "a list", other, field),
            },
            Ty::Map(ty) => match value {
                Value::Map(entries) => {
                    self.size_in_limits(id, entries.len(), whole);
                    self.map(id, ty, field)
                }
                other => self.wrong_type(id, "a map", other, field),
            },
            _ => self.scalar(id, ty, value, field),
        }
    }

    fn scalar(&mut self, id: NodeId, ty: &Ty, value: Value<'_>, field: Option<&'static Field>) {
        match (ty, value) {
            (Ty::Any, _) | (Ty::AnyObject, Value::Map(_)) | (Ty::Bool, Value::Bool(_)) => {}
            (Ty::Double, Value::Int(number)) => self.in_limits(id, number, field),
            (Ty::Double, Value::Float(_)) => {}
            (Ty::Int64, Value::Int(number)) => self.in_limits(id, number, field),
            (Ty::Int32 | Ty::IntOrString, Value::Int(number)) => match i32::try_from(number) {
                Ok(_) => self.in_limits(id, number, field),
                Err(_) => self.integer_overflow(id, number),
            },
            (Ty::String, Value::Str(text)) => self.allowed(id, text, field),
            (Ty::IntOrString, Value::Str(text)) => self.text_in_limits(id, text, field),
            (Ty::Bytes, Value::Str(text)) => self.format(id, text, Format::Base64),
            (Ty::Time | Ty::MicroTime, Value::Str(text)) => self.format(id, text, Format::Time),
            (Ty::Quantity, Value::Str(_) | Value::Int(_) | Value::Float(_)) => {
                self.quantity(id, value)
            }
            (_, other) => self.wrong_type(id, describe(ty), other, field),
        }
    }

    /// A number within what a CRD's schema allows.
    fn in_limits(&mut self, id: NodeId, number: i64, field: Option<&'static Field>) {
        let Some(limits) = field.and_then(|field| field.limits) else { return };
        let minimum = limits.minimum.unwrap_or(i64::MIN);
        let maximum = limits.maximum.unwrap_or(i64::MAX);
        if !(minimum..=maximum).contains(&number) {
            self.out_of_range(id, number, minimum, maximum);
        }
    }

    /// A text within what a CRD's schema allows.
    fn text_in_limits(&mut self, id: NodeId, text: &str, field: Option<&'static Field>) {
        let Some(limits) = field.and_then(|field| field.limits) else { return };
        let length = || text.chars().count() as i64;
        if let Some(least) = limits.min_length.filter(|least| length() < *least) {
            let message = match text {
                "" => "the text is empty".to_owned(),
                text => format!("`{text}` is too short"),
            };
            self.report(&rule::MISSING_FIELD, Reason::Invalid, Place::Value(id), message)
                .help(format!("write at least {}", count(least, "character")));
        } else if let Some(most) = limits.max_length.filter(|most| length() > *most) {
            let message = format!("the text has {}", count(length(), "character"));
            self.report(&rule::TOO_LONG, Reason::TooLong, Place::Value(id), message)
                .help(format!("write at most {most}"));
        } else if let Some(pattern) = limits.pattern {
            match overrides::pattern_format(pattern) {
                Some(format) => self.format(id, text, format),
                None => self.matched(id, text, pattern),
            }
        }
    }

    fn matched(&mut self, id: NodeId, text: &str, pattern: &str) {
        if Pattern::parse(pattern).is_none_or(|known| known.matches(text)) {
            return;
        }
        let message = format!("`{text}` doesn't match `{pattern}`");
        self.report(&rule::INVALID_FORMAT, Reason::Invalid, Place::Value(id), message)
            .help("write what the pattern of the kind's schema allows");
    }

    /// A list or map as large as a CRD's schema allows.
    fn size_in_limits(&mut self, id: NodeId, size: usize, field: Option<&'static Field>) {
        let Some((field, limits)) = field.and_then(|field| Some((field, field.limits?))) else {
            return;
        };
        let size = size as i64;
        let (least, most) = (limits.min_items, limits.max_items);
        if least.is_none_or(|least| size >= least) && most.is_none_or(|most| size <= most) {
            return;
        }
        let (name, what) = (self.naming.quote(field.name), items_of(&field.ty));
        if let Some(least) = limits.min_items.filter(|least| size < *least) {
            let message = format!("{name} has {}", count(size, what));
            self.report(&rule::MISSING_FIELD, Reason::Invalid, Place::Value(id), message)
                .help(format!("write at least {least}"));
        } else if let Some(most) = limits.max_items.filter(|most| size > *most) {
            let message = format!("{name} has {}", count(size, what));
            self.report(&rule::TOO_LONG, Reason::TooMany, Place::Value(id), message)
                .help(format!("write at most {most}"));
        }
    }

    fn integer_overflow(&mut self, id: NodeId, number: i64) {
        let message = format!("`{number}` doesn't fit 32 bits");
        self.report(&rule::INTEGER_RANGE, Reason::TypeInvalid, Place::Value(id), message)
            .help(format!("use a number up to {}", i32::MAX));
    }

    fn quantity(&mut self, id: NodeId, value: Value<'_>) {
        let parsed = match value {
            Value::Str(text) => Quantity::parse(text),
            Value::Int(number) => Quantity::parse(&number.to_string()),
            Value::Float(number) => Quantity::parse(&number.to_string()),
            _ => return,
        };
        if let Err(violation) = parsed {
            let cpu = self.key.is_some_and(|key| self.tree.str(key).ends_with("cpu"));
            let help = match violation.fixed {
                // Nobody means 2^20 processors.
                Some(fixed) if cpu && fixed.ends_with("Mi") => {
                    format!("use `{}m`", fixed.trim_end_matches("Mi"))
                }
                Some(fixed) => format!("use `{fixed}`"),
                None => "write a quantity, such as `500m` or `10Gi`".to_owned(),
            };
            self.report(
                &rule::INVALID_QUANTITY,
                Reason::TypeInvalid,
                Place::Value(id),
                violation.message,
            )
            .help(help);
        }
    }

    fn allowed(&mut self, id: NodeId, text: &str, field: Option<&'static Field>) {
        let Some(field) = field else { return };
        self.text_in_limits(id, text, Some(field));
        // An absent enum reaches the server as "", and "" is what it calls absent; not where a
        // CRD's schema is asked.
        let any = !self.custom && (text.is_empty() || self.in_status);
        if any || field.values.is_empty() {
            return;
        }
        self.one_of(id, text, field.values, field);
    }

    fn one_of(
        &mut self,
        id: NodeId,
        text: &str,
        values: &'static [&'static str],
        field: &'static Field,
    ) {
        if values.contains(&text) {
            return;
        }
        let of = self.naming.quote(field.name);
        let quoted: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
        let (message, help) = match suggest(text, values.iter().copied()) {
            Some(meant) => {
                let message = format!("{of} can't be `{text}`: it takes {}", list_or(&quoted));
                (message, format!("use `{meant}`"))
            }
            None => (format!("{of} can't be `{text}`"), format!("use {}", list_or(&quoted))),
        };
        self.report(&rule::UNSUPPORTED_VALUE, Reason::NotSupported, Place::Value(id), message)
            .help(help);
    }

    fn format(&mut self, id: NodeId, text: &str, format: Format) {
        self.format_at(Place::Value(id), text, format);
    }

    fn format_at(&mut self, place: Place, text: &str, format: Format) {
        let Err(violation) = format.check(text) else { return };
        let reason = Reason::Invalid;
        let help = match violation.fixed {
            Some(fixed) => format!("use `{fixed}`"),
            None => format!("write {}", format.describe()),
        };
        self.report(&rule::INVALID_FORMAT, reason, place, violation.message).help(help);
    }

    fn list(&mut self, items: &[NodeId], ty: &'static Ty, field: Option<&'static Field>) {
        for item in items {
            match (ty, self.tree.get(*item)) {
                // A CRD's schema says of no item that it can be null.
                (_, null @ Value::Null) if self.custom => {
                    self.wrong_type(*item, describe(ty), null, field)
                }
                (Ty::Object(ty), Value::Null) => self.object(*item, ty, field),
                (Ty::String, Value::Null) => self.empty_item(*item, field),
                (Ty::String, Value::Str("")) => {
                    self.value(*item, ty, field);
                    self.empty_item(*item, field);
                }
                _ => self.value(*item, ty, field),
            }
        }
        let Some(field) = field.filter(|_| items.len() > 1) else { return };
        if let Some(keys) = self.unique_by(field) {
            self.duplicate_items(items, ty, field, keys, &rule::DUPLICATE_ITEM);
        }
        let rule = self.duplicate_rule(field);
        if !field.keys.is_empty() {
            self.duplicate_items(items, ty, field, field.keys, rule);
        } else if field.set || std::ptr::eq(rule, &rule::DUPLICATE_ITEM) {
            self.duplicate_values(items, field);
        }
    }

    /// An empty text is an absent one where a field has it, but not where a list has it.
    fn empty_item(&mut self, id: NodeId, field: Option<&'static Field>) {
        if let Some(field) = field.filter(|field| !field.values.is_empty()) {
            self.one_of(id, "", field.values, field);
        }
    }

    /// Items of a `listType=map` list that agree in all of its keys: a server-side apply refuses
    /// them.
    fn duplicate_items(
        &mut self,
        items: &[NodeId],
        ty: &'static Ty,
        field: &'static Field,
        keys: &[&'static str],
        rule: &'static Rule,
    ) {
        let Ty::Object(ty) = ty else { return };
        let mut seen: HashMap<Vec<String>, NodeId> = HashMap::with_capacity(items.len());
        for item in items {
            let Some((key, at)) = self.list_key(*item, ty, keys) else { continue };
            let (key, first) = match seen.entry(key) {
                hash_map::Entry::Occupied(seen) => (seen.key().clone(), *seen.get()),
                hash_map::Entry::Vacant(place) => {
                    place.insert(at);
                    continue;
                }
            };
            let pairs: Vec<String> = keys
                .iter()
                .zip(&key)
                .filter(|(_, value)| !value.is_empty())
                .map(|(name, value)| format!("`{}: {value}`", self.naming.name(name)))
                .collect();
            let verb = if pairs.len() == 1 { "stands" } else { "stand" };
            let message = format!(
                "{} {verb} twice in {}",
                pairs.join(" and "),
                self.naming.quote(field.name)
            );
            let several = keys.len() > 1;
            let draft = self.report(rule, Reason::Duplicate, Place::Value(at), message);
            draft.help("remove one of them, or change it").related(first, "first here");
            // Of several fields none is the one that stands twice.
            if several {
                draft.path_of(Place::Value(*item));
            }
        }
    }

    /// What a list with a duplicate breaks; the list is in the innermost object.
    fn duplicate_rule(&self, field: &Field) -> &'static Rule {
        let unique = self.constraints(field).iter().any(|c| **c == Constraint::Unique);
        // What a CRD's schema says of a list holds for every way in; of metadata it says nothing.
        let of_schema = self.custom
            && self.types.last().is_some_and(|ty| !ty.name.starts_with("apimachinery."));
        if unique || of_schema { &rule::DUPLICATE_ITEM } else { &rule::DUPLICATE_MERGE_KEY }
    }

    /// The constraints of a field of the innermost object.
    fn constraints(&self, field: &Field) -> &'static [&'static Constraint] {
        let Some(ty) = self.types.last() else { return &[] };
        ty.place(field.name).map_or(&[], |place| ty.index().constraints(place))
    }

    fn unique_by(&self, field: &Field) -> Option<&'static [&'static str]> {
        self.constraints(field).iter().find_map(|constraint| match constraint {
            Constraint::UniqueBy(keys) => Some(*keys),
            _ => None,
        })
    }

    fn list_key(
        &self,
        item: NodeId,
        ty: &'static TypeDef,
        keys: &[&'static str],
    ) -> Option<(Vec<String>, NodeId)> {
        let object = Obj::of(self.tree, &self.taint, item)?;
        let mut values = Vec::with_capacity(keys.len());
        let mut at = None;
        for key in keys {
            match object.get(key) {
                Some(node) => {
                    at = at.or(Some(node.id));
                    values.push(match node.value() {
                        Value::Str(text) => text.to_owned(),
                        Value::Int(number) => number.to_string(),
                        _ => return None,
                    });
                }
                None if object.is_absent(key) => match ty.field(key)?.default {
                    Some(crate::facts::Scalar::Str(text)) => values.push(text.to_owned()),
                    _ => values.push(String::new()),
                },
                None => return None,
            }
        }
        Some((values, at?))
    }

    fn duplicate_values(&mut self, items: &[NodeId], field: &'static Field) {
        let mut seen = HashMap::with_capacity(items.len());
        for item in items {
            let Value::Str(text) = self.tree.get(*item) else { continue };
            let first = *seen.entry(text).or_insert(*item);
            if first != *item {
                let message = format!("`{text}` stands twice in {}", self.naming.quote(field.name));
                let rule = self.duplicate_rule(field);
                self.report(rule, Reason::Duplicate, Place::Value(*item), message)
                    .help("remove one of them")
                    .related(first, "first here");
            }
        }
    }

    fn map(&mut self, id: NodeId, ty: &'static Ty, field: Option<&'static Field>) {
        let entries = self.tree.entries(id);
        let mut repeated = self.repeated(self.tree.keys(id)).into_iter().peekable();
        for entry in entries {
            match repeated.next_if(|(later, _)| *later == entry.key) {
                Some((_, first)) => {
                    let key = self.tree.str(entry.key);
                    let message = format!("key `{key}` is given twice");
                    self.report(
                        &rule::DUPLICATE_FIELD,
                        Reason::Duplicate,
                        Place::Key(entry.key),
                        message,
                    )
                    .help("remove one of them")
                    .related(first.key, "first given here");
                    self.taint.mark(entry.value);
                }
                None => match (ty, self.tree.get(entry.value)) {
                    (Ty::Object(ty), Value::Null) if !self.custom => {
                        self.object(entry.value, ty, field);
                    }
                    _ => {
                        self.key = Some(entry.key);
                        self.value(entry.value, ty, field);
                    }
                },
            }
        }
    }

    fn wrong_type(
        &mut self,
        id: NodeId,
        expected: &str,
        value: Value<'_>,
        field: Option<&'static Field>,
    ) {
        // A list's items and a map's values are told apart from the field itself.
        let of = field.map_or_else(
            || "expected".to_owned(),
            |f| {
                let name = self.naming.quote(f.name);
                match f.ty {
                    Ty::List(_) if expected != "a list" => format!("an item of {name} is"),
                    Ty::Map(_) if expected != "a map" => format!("a value of {name} is"),
                    _ => format!("{name} takes"),
                }
            },
        );
        let message = format!("{of} {expected}, not {}", value.describe());
        let draft = self.report(&rule::WRONG_TYPE, Reason::TypeInvalid, Place::Value(id), message);
        match instead(expected, value, field) {
            Some(Instead::Quoted) => {
                draft.quote(&value.plain());
            }
            Some(Instead::Help(help)) => {
                draft.help(help);
            }
            None => {}
        }
    }

    fn out_of_range(&mut self, id: NodeId, number: i64, min: i64, max: i64) {
        let (message, help) = match (min, max) {
            (min, i64::MAX) => {
                (format!("`{number}` is too small"), format!("use a number of at least {min}"))
            }
            (i64::MIN, max) => {
                (format!("`{number}` is too large"), format!("use a number of at most {max}"))
            }
            (min, max) => {
                (format!("`{number}` is out of range"), format!("use a number from {min} to {max}"))
            }
        };
        self.report(&rule::INTEGER_RANGE, Reason::Invalid, Place::Value(id), message).help(help);
    }

    fn file_mode(&mut self, id: NodeId, number: i64) {
        let prefix = match self.naming {
            Naming::Camel => "0",
            Naming::Snake => "0o",
        };
        let message =
            format!("`{number}` isn't a file mode: from 0 to `{prefix}777`, which is 511");
        // Whoever writes 1755 or 644 means octal.
        let digits = number.to_string();
        let octal = digits.get(digits.len().saturating_sub(3)..).filter(|text| {
            (3..=4).contains(&digits.len()) && text.bytes().all(|b| (b'0'..=b'7').contains(&b))
        });
        let help = octal.map(|octal| format!("use `{prefix}{octal}`"));
        let draft = self.report(&rule::INTEGER_RANGE, Reason::Invalid, Place::Value(id), message);
        if let Some(help) = help {
            draft.help(help);
        }
    }

    fn constrain(&mut self, id: NodeId, field: &'static Field, constraint: &Constraint) {
        if self.taint.is_marked(id) {
            return;
        }
        let value = self.tree.get(id);
        match (constraint, value) {
            (Constraint::Required | Constraint::NotEmpty, value) => {
                let empty = match value {
                    Value::Str(text) => text.is_empty(),
                    Value::List(items) => items.is_empty(),
                    Value::Map(entries) => {
                        entries.is_empty()
                            && !matches!(field.ty, Ty::Object(_) | Ty::AnyObject | Ty::Any)
                    }
                    Value::Int(number) => number == 0 && *constraint == Constraint::Required,
                    _ => false,
                };
                if empty {
                    let message = match value {
                        Value::Int(_) => format!("{} can't be 0", self.naming.quote(field.name)),
                        _ => format!("{} is empty", self.naming.quote(field.name)),
                    };
                    let help = match value {
                        Value::Str(_) => "write a text",
                        Value::Int(_) => "use a number above 0",
                        _ => "write at least one item",
                    };
                    self.report(&rule::MISSING_FIELD, Reason::Required, Place::Value(id), message)
                        .help(help);
                }
            }
            (Constraint::Format(format), Value::Str(text)) if !text.is_empty() => {
                self.format(id, text, *format);
            }
            (Constraint::Format(format), Value::List(items)) => {
                for item in items {
                    match self.tree.get(*item) {
                        Value::Str(text) => self.format(*item, text, *format),
                        // The server reads it as an empty text.
                        Value::Null => self.format(*item, "", *format),
                        _ => {}
                    }
                }
            }
            (Constraint::Keys(format), Value::Map(entries)) => {
                for entry in entries {
                    self.format_at(Place::Key(entry.key), self.tree.str(entry.key), *format);
                }
            }
            (Constraint::MapValues(format), Value::Map(entries)) => {
                for entry in entries {
                    if let Value::Str(text) = self.tree.get(entry.value) {
                        self.format(entry.value, text, *format);
                    }
                }
            }
            (Constraint::Range(min, max), Value::Int(number))
                if !(*min..=*max).contains(&number) =>
            {
                self.out_of_range(id, number, *min, *max);
            }
            (Constraint::Range(..), Value::List(items)) => {
                for item in items {
                    self.constrain(*item, field, constraint);
                }
            }
            (Constraint::OneOf(values), Value::Str(text)) if !text.is_empty() => {
                self.one_of(id, text, values, field);
            }
            (Constraint::OneOf(_), Value::List(items)) => {
                for item in items {
                    self.constrain(*item, field, constraint);
                }
            }
            (Constraint::MaxItems(most), Value::List(items)) => {
                self.count(id, items.len(), *most);
            }
            (Constraint::MaxItems(most), Value::Map(entries)) => {
                self.count(id, entries.len(), *most);
            }
            (Constraint::MaxLength(most), Value::Str(text)) if text.len() > *most => {
                let message = format!("{} bytes are too long", text.len());
                self.report(&rule::TOO_LONG, Reason::TooLong, Place::Value(id), message)
                    .help(format!("write at most {most}"));
            }
            (Constraint::MaxLength(_), Value::List(items)) => {
                for item in items {
                    self.constrain(*item, field, constraint);
                }
            }
            (Constraint::MaxLength(most), Value::Map(entries)) => {
                let length = |id| self.text_length(id);
                let size: usize =
                    entries.iter().map(|entry| length(entry.key) + length(entry.value)).sum();
                self.map_size(id, size, *most);
            }
            (Constraint::MaxValues(most), Value::Map(entries)) => {
                let base64 = matches!(field.ty, Ty::Map(Ty::Bytes));
                let size = |entry: &Entry| match (self.tree.get(entry.value), base64) {
                    (Value::Str(text), true) => decoded_length(text),
                    (Value::Str(text), false) => text.len(),
                    _ => 0,
                };
                self.map_size(id, entries.iter().map(size).sum(), *most);
            }
            (Constraint::PortOrUnset, Value::Int(0) | Value::Str("")) => {}
            (Constraint::Port | Constraint::PortOrUnset, Value::Int(number))
                if !(1..=65535).contains(&number) =>
            {
                self.out_of_range(id, number, 1, 65535);
            }
            (Constraint::Port | Constraint::PortOrUnset, Value::Str(text)) => {
                self.format(id, text, Format::PortName)
            }
            (Constraint::FileMode, Value::Int(number)) if !(0..=0o777).contains(&number) => {
                self.file_mode(id, number);
            }
            (Constraint::CountOrPercent, Value::Int(number)) if number < 0 => {
                self.out_of_range(id, number, 0, i64::MAX);
            }
            (Constraint::CountOrPercent, Value::Str(text)) => {
                self.format(id, text, Format::Percent)
            }
            (Constraint::NonNegative | Constraint::Positive, _) => self.sign(id, value, constraint),
            _ => {}
        }
    }

    fn count(&mut self, id: NodeId, count: usize, most: usize) {
        if count > most {
            let message = format!("{count} items are too many");
            self.report(&rule::TOO_LONG, Reason::TooMany, Place::Value(id), message)
                .help(format!("give at most {most}"));
        }
    }

    fn text_length(&self, id: NodeId) -> usize {
        match self.tree.get(id) {
            Value::Str(text) => text.len(),
            _ => 0,
        }
    }

    fn map_size(&mut self, id: NodeId, size: usize, most: usize) {
        if size > most {
            let message = format!("{size} bytes are too many: at most {most} in all");
            self.report(&rule::TOO_LONG, Reason::TooLong, Place::Value(id), message);
        }
    }

    fn sign(&mut self, id: NodeId, value: Value<'_>, constraint: &Constraint) {
        let quantity = match value {
            Value::Str(text) => Quantity::parse(text).ok(),
            Value::Int(number) => Quantity::parse(&number.to_string()).ok(),
            Value::Map(entries) => {
                for entry in entries {
                    if !self.taint.is_marked(entry.value) {
                        self.sign(entry.value, self.tree.get(entry.value), constraint);
                    }
                }
                return;
            }
            _ => return,
        };
        let Some(quantity) = quantity else { return };
        let (message, help) = if quantity.is_negative() {
            ("a quantity can't be negative here", "leave out the `-`")
        } else if *constraint == Constraint::Positive && quantity.is_zero() {
            ("a quantity can't be zero here", "use one above 0")
        } else {
            return;
        };
        self.report(&rule::INVALID_QUANTITY, Reason::Invalid, Place::Value(id), message.to_owned())
            .help(help);
    }
}

/// The fields from a block to the first that must be in it: the server, to which an absent block
/// is an empty one, misses that.
fn first_required(ty: &'static TypeDef, field: &'static Field) -> Vec<&'static str> {
    let mut path = Vec::new();
    let (mut ty, mut field) = (ty, field);
    // A type that required itself could never be written; the bound is for safety.
    while let (Ty::Object(inner), true) = (&field.ty, path.len() < 8) {
        if overrides::paths::names_itself(ty.name, field.name) {
            break;
        }
        let Some(next) = inner.index().required.first() else { break };
        path.push(next.name);
        (ty, field) = (inner, next);
    }
    path
}

/// What to write instead of a value of another type.
enum Instead {
    /// The value in quotes.
    Quoted,
    Help(String),
}

/// What to write where a value of another type is expected.
fn instead(expected: &str, value: Value<'_>, field: Option<&'static Field>) -> Option<Instead> {
    let duration = field.and_then(|field| overrides::pattern_format(field.limits?.pattern?));
    let help = match (expected, value) {
        ("a string", Value::Int(value)) if duration == Some(Format::VaultDuration) => {
            format!("write `{value}s`")
        }
        ("a string", Value::Bool(_) | Value::Int(_) | Value::Float(_)) => {
            return Some(Instead::Quoted);
        }
        ("a string", _) => "write a text in quotes".to_owned(),
        ("a boolean", Value::Str(text @ ("true" | "false"))) => {
            format!("write `{text}` without quotes")
        }
        ("a boolean", _) => "write `true` or `false`".to_owned(),
        ("an integer", Value::Str(text)) if text.parse::<i64>().is_ok() => {
            format!("write `{text}` without quotes")
        }
        ("an integer", Value::Str(text)) => {
            match text.strip_suffix('s').filter(|text| text.parse::<i64>().is_ok()) {
                Some(seconds) => format!("write the number of seconds, `{seconds}`"),
                None => "write a whole number".to_owned(),
            }
        }
        ("an integer", _) => "write a whole number".to_owned(),
        ("a list", _) => "put the value in `[ ]`".to_owned(),
        ("a map", _) => "write `{ key: value }`".to_owned(),
        _ if expected.starts_with("a map: ") => "write its fields in `{ }`".to_owned(),
        _ => return None,
    };
    Some(Instead::Help(help))
}

/// What a list or map has several of.
fn items_of(ty: &Ty) -> &'static str {
    if let Ty::List(_) = ty { "item" } else { "key" }
}

fn count(number: i64, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

fn describe(ty: &Ty) -> &'static str {
    match ty {
        Ty::Any => "anything",
        Ty::AnyObject | Ty::Object(_) | Ty::Map(_) => "a map",
        Ty::Bool => "a boolean",
        Ty::Int32 | Ty::Int64 => "an integer",
        Ty::Double => "a number",
        Ty::String => "a string",
        Ty::Bytes => "a base64 string",
        Ty::Time | Ty::MicroTime => "a time in quotes, such as `\"2026-01-31T12:00:00Z\"`",
        Ty::Quantity => "a quantity, such as `500m` or `10Gi`",
        Ty::IntOrString => "an integer or a string",
        Ty::List(_) => "a list",
    }
}

fn list_or(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [init @ .., last] => format!("{} or {last}", init.join(", ")),
    }
}

/// What to say of a key that its object doesn't have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownField {
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
    /// The fields of the object of which one was likely meant; it counts as given.
    pub meant: Vec<&'static str>,
}

/// What to say of `key`, which `ty` doesn't have; `around` are the types of the objects around
/// it, outermost first and `ty` itself last.
pub fn unknown_field(
    key: &str,
    ty: &'static TypeDef,
    around: &[&'static TypeDef],
    naming: Naming,
) -> UnknownField {
    let message = format!("unknown field `{key}` of {}", ty.title());
    let spell = |field: &'static Field| match naming {
        Naming::Camel => field.name,
        Naming::Snake => field.snake,
    };
    let exact = |ty: &'static TypeDef| {
        ty.fields.iter().find(|field| field.name == key || field.snake == key)
    };
    if let Some(field) = exact(ty) {
        let help = Some(format!("use `{}`", spell(field)));
        return UnknownField { message, help, meant: vec![field.name] };
    }
    let outer = around.iter().rev().skip(1).find_map(|ty| exact(ty).map(|field| (*ty, field)));
    if let Some((outer, field)) = outer {
        let help =
            format!("`{}` is a field of {}; move it out to there", spell(field), outer.title());
        return UnknownField { message, help: Some(help), meant: Vec::new() };
    }
    let holders: Vec<_> = ty
        .fields
        .iter()
        .filter_map(|field| Some((field, object_of(&field.ty)?)))
        .filter(|(_, inner)| exact(inner).is_some())
        .collect();
    if let [(_, inner), ..] = holders[..] {
        let of = if holders.len() == 1 {
            format!(" is a field of {}", inner.title())
        } else {
            " is no field of its own".to_owned()
        };
        let word = exact(inner).map_or(key, spell);
        let quoted: Vec<String> =
            holders.iter().map(|(holder, _)| format!("`{}`", spell(holder))).collect();
        let help = format!("`{word}`{of}: write it in {}", list_or(&quoted));
        let meant = holders.iter().map(|(holder, _)| holder.name).collect();
        return UnknownField { message, help: Some(help), meant };
    }
    if let Some((other, place)) = elsewhere(ty)
        && let Some(field) = exact(other)
    {
        let help =
            format!("`{}` is a field of {}: it belongs in {place}", spell(field), other.title());
        return UnknownField { message, help: Some(help), meant: Vec::new() };
    }
    if let Some(meant) = suggest(key, ty.fields.iter().map(spell)) {
        let field = ty.fields.iter().find(|field| spell(field) == meant);
        let help = Some(format!("use `{meant}`"));
        return UnknownField {
            message,
            help,
            meant: field.map(|field| field.name).into_iter().collect(),
        };
    }
    let help = match ty.fields {
        [] => format!("{} has no fields: remove it", ty.title()),
        fields if fields.len() <= 20 => {
            let names: Vec<String> = fields.iter().map(|f| format!("`{}`", spell(f))).collect();
            format!("the fields are {}", names.join(", "))
        }
        _ => format!("remove it; the API reference of {} lists its fields", ty.title()),
    };
    UnknownField { message, help: Some(help), meant: Vec::new() }
}

/// A type that is easily taken for this one, and where its fields are written.
fn elsewhere(ty: &TypeDef) -> Option<(&'static TypeDef, &'static str)> {
    let (other, place) = match ty.name {
        "api.core.v1.SecurityContext" => {
            ("api.core.v1.PodSecurityContext", "the pod's security context")
        }
        "api.core.v1.PodSecurityContext" => {
            ("api.core.v1.SecurityContext", "the container's security context")
        }
        _ => return None,
    };
    Some((crate::facts::type_def(other)?, place))
}

/// The object type that a field holds: itself, in a list, or as the values of a map.
fn object_of(ty: &Ty) -> Option<&'static TypeDef> {
    match ty {
        Ty::Object(ty) => Some(ty),
        Ty::List(inner) | Ty::Map(inner) => object_of(inner),
        _ => None,
    }
}
