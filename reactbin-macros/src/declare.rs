//! A declaration from its entries to its object: which level each key belongs to, and what is
//! filled in.

use proc_macro2::{Ident, Span, TokenStream};
use reactbin_check::facts::{Field, KINDS, type_def};
use reactbin_check::structure::unknown_field;
use reactbin_check::suggest::suggest;
use reactbin_check::{Entry as Pair, Naming, NodeId};

use crate::contract;
use crate::kinds::{Declared, Shape, find};
use crate::levels::{Level, Levels, META, Scope};
use crate::lower::{Demand, DemandKind, Lower};
use crate::names::item_ident;
use crate::pod_security::PodSecurity;
use crate::spot::Spot;
use crate::syntax::{Above, Entry, Key, ValueKind, ident_text};
use crate::template::{fill_template, pod_entries};
use crate::vault;
use crate::words::{place_above, place_pod, place_word};

/// A declaration whose object is in the tree.
pub(crate) struct Declaration {
    pub(crate) declared: Declared,
    /// The name of the item; `None` where the name gives none.
    pub(crate) item: Option<Ident>,
    /// The object's name, where it is known.
    pub(crate) name: Option<String>,
    pub(crate) name_spot: Spot,
    /// The file that the author asks for.
    pub(crate) file: Option<String>,
    /// What the object is; `None` when not even that could be built.
    pub(crate) root: NodeId,
    /// Comments for the head of the document, of keys that no field stands for.
    pub(crate) docs: Vec<String>,
    /// The keys that `keys:` declares.
    pub(crate) keys: Vec<String>,
    /// The workload that a Service selects.
    pub(crate) selects: Option<TokenStream>,
    /// The standard that a Namespace keeps.
    pub(crate) pod_security: Option<PodSecurity>,
}

/// The value of a key that stands at most once.
struct Words<'a> {
    entries: &'a [Entry],
}

impl<'a> Words<'a> {
    fn get(&self, key: &str) -> Option<&'a Entry> {
        self.entries.iter().find(|entry| entry.key.text == key)
    }
}

/// Lowers a declaration.
pub(crate) fn declare(
    lower: &mut Lower,
    declared: Declared,
    entries: &[Entry],
    around: Spot,
) -> Declaration {
    let scope = Scope::of(&declared);
    let raised = raise_name(lower, entries);
    let entries = raised.as_deref().unwrap_or(entries);
    let words = Words { entries };
    let name = words.get("name");
    let name_spot = name
        .map(|entry| entry.value.spot)
        .or(entries.first().map(|e| e.key.spot))
        .unwrap_or(around);
    let mut declaration = Declaration {
        declared,
        item: None,
        name: None,
        name_spot,
        file: None,
        root: lower.unknown(name_spot),
        docs: Vec::new(),
        keys: Vec::new(),
        selects: None,
        pod_security: None,
    };
    read_name(lower, &mut declaration, name, words.get("item"));
    let mut levels = Levels::default();
    let mut seen: Vec<&Key> = Vec::new();
    for entry in entries {
        let first = seen.iter().find(|key| key.text == entry.key.text);
        match first {
            Some(first) => lower.errors.twice(&entry.key, first),
            None => {
                place(lower, &mut declaration, &mut levels, &scope, entry);
                if scope.words.contains(&entry.key.text.as_str()) {
                    place_above(lower, &mut declaration, entry, seen.is_empty());
                }
            }
        }
        seen.push(&entry.key);
    }
    // Behind all others, so that the field that was likely meant is known to be given or not.
    for key in std::mem::take(&mut levels.unknown) {
        unknown_key(lower, &mut levels, &scope, &declaration.declared, &key);
    }
    if let Some(security) = declaration.pod_security {
        security.write_labels(lower, &mut levels);
    }
    finish(lower, &mut declaration, levels, name, entries.first());
    declaration
}

/// The entries with the name taken out of `metadata`, where the author wrote it there.
fn raise_name(lower: &mut Lower, entries: &[Entry]) -> Option<Vec<Entry>> {
    if entries.iter().any(|entry| matches!(entry.key.text.as_str(), "name" | "item")) {
        return None;
    }
    let mut entries = entries.to_vec();
    let metadata = entries.iter_mut().find(|entry| entry.key.text == "metadata")?;
    let ValueKind::Map(fields) = &mut metadata.value.kind else { return None };
    let name = fields.remove(fields.iter().position(|field| field.key.text == "name")?);
    let text = name.value.spot.start.source_text().filter(|text| !text.contains('('));
    lower
        .errors
        .push(name.key.spot, "`name` stands at the top of a declaration")
        .help(format!("write `name: {}` first", text.as_deref().unwrap_or("…")));
    entries.insert(0, name);
    Some(entries)
}

fn read_name(
    lower: &mut Lower,
    declaration: &mut Declaration,
    name: Option<&Entry>,
    item: Option<&Entry>,
) {
    let suffix = declaration.declared.kind;
    let mut span: Option<(String, Span)> = None;
    match name.map(|entry| &entry.value.kind) {
        None if item.is_none() => {
            let what = declaration.declared.macro_name;
            lower
                .errors
                .push(declaration.name_spot, format!("`{what}!` has no `name`"))
                .help("write `name: …` first");
        }
        Some(ValueKind::Path(path)) => match path.ident() {
            Some(ident) => {
                let text = ident_text(ident);
                declaration.name = Some(text.replace('_', "-"));
                span = Some((text, ident.span()));
            }
            None => {
                lower
                    .errors
                    .push(declaration.name_spot, "a name is an identifier or a string")
                    .help("write `name: my_app` or `name: \"my-app\"`");
            }
        },
        Some(ValueKind::Str(text)) => {
            declaration.name = Some(text.clone());
            span = Some((text.clone(), declaration.name_spot.start));
        }
        Some(ValueKind::Expr(_) | ValueKind::Concat(_) | ValueKind::Call(..)) if item.is_none() => {
            lower
                .errors
                .push(
                    declaration.name_spot,
                    "a name that is computed can't name the item of this declaration",
                )
                .help("add `item: MyItem`, by which other declarations refer to it");
        }
        Some(ValueKind::Int(number)) => {
            declaration.name = Some(number.to_string());
            lower
                .errors
                .push(declaration.name_spot, "a name is text")
                .help(format!("write `\"{number}\"`"));
        }
        Some(
            ValueKind::Wrong | ValueKind::Expr(_) | ValueKind::Concat(_) | ValueKind::Call(..),
        )
        | None => {}
        Some(_) => {
            lower
                .errors
                .push(declaration.name_spot, "a name is an identifier or a string")
                .help("write `name: my_app` or `name: \"my-app\"`");
        }
    }
    declaration.item = match item.map(|entry| (&entry.value.kind, entry.value.spot)) {
        Some((ValueKind::Path(path), _)) if path.ident().is_some() => path.ident().cloned(),
        Some((ValueKind::Wrong, _)) => None,
        Some((_, spot)) => {
            lower
                .errors
                .push(spot, "`item` is the name of a Rust type")
                .help("write `item: MyItem`");
            None
        }
        None => span.and_then(|(text, span)| item_ident(&text, suffix, span)),
    };
}

/// Puts one entry at its level.
fn place(
    lower: &mut Lower,
    declaration: &mut Declaration,
    levels: &mut Levels,
    scope: &Scope,
    entry: &Entry,
) {
    let word = entry.key.text.as_str();
    if scope.words.contains(&word) && place_word(lower, declaration, levels, entry) {
        return;
    }
    // In either spelling there is nothing to write.
    let word = match word {
        "apiVersion" if declaration.declared.facts.is_some() => "api_version",
        word => word,
    };
    if word == "pod" && declaration.declared.shape == Shape::Pod {
        lower
            .errors
            .push(entry.key.spot, "a Pod has no key `pod`: it is one")
            .help("write the pod's fields without it, or in `spec: { … }`");
        return place_pod(lower, levels, entry);
    }
    let Some((level, ty, field)) = scope.find(word) else {
        match declaration.declared.facts {
            Some(kind) if kind.ty.open => {
                let pair = lower.lower_unlisted(entry, kind.ty);
                levels.root.push(pair);
            }
            _ => levels.unknown.push(entry.key.clone()),
        }
        return;
    };
    match (level, field.name) {
        (Level::Root, "apiVersion" | "kind") => {
            let what = declaration.declared.macro_name;
            lower
                .errors
                .push(entry.key.spot, format!("`{what}!` says the `{word}` already"))
                .help("remove it");
        }
        (Level::Root, "spec") if declaration.declared.shape == Shape::Pod => {
            place_pod(lower, levels, entry)
        }
        (Level::Root, "spec") if field.object().is_some() => {
            explicit(lower, &mut levels.spec, entry, field)
        }
        (Level::Root, "metadata") => explicit(lower, &mut levels.metadata, entry, field),
        (Level::Pod, "containers") => levels.containers = lower.lower_entry(entry, ty),
        (Level::Pod, "initContainers") => levels.init = lower.lower_entry(entry, ty),
        _ => {
            let pair = lower.lower_entry(entry, ty);
            levels.at(level).extend(pair);
        }
    }
}

/// `spec: { … }` and `metadata: { … }`: a level said outright.
fn explicit(lower: &mut Lower, level: &mut Vec<Pair>, entry: &Entry, field: &'static Field) {
    match (&entry.value.kind, field.object()) {
        (ValueKind::Map(entries), Some(ty)) => {
            let start = level.len();
            lower.lower_entries(entries, ty, level);
            annotate_level(lower, &entry.above, &level[start..]);
        }
        (ValueKind::Wrong, _) => {}
        _ => {
            lower
                .errors
                .push(entry.value.spot, format!("`{}` takes its fields in `{{ }}`", entry.key.text))
                .help(format!("write `{}: {{ … }}`", entry.key.text));
        }
    }
}

/// What stands above a level stands above its first entry; waivers there cover all of them.
pub(crate) fn annotate_level(lower: &mut Lower, above: &Above, pairs: &[Pair]) {
    for (index, pair) in pairs.iter().enumerate() {
        let above = match index {
            0 => above.clone(),
            _ => Above { waivers: above.waivers.clone(), ..Above::default() },
        };
        let own = std::mem::take(&mut lower.marks[pair.key.index()].above);
        lower.annotate(&above, pair.key, pair.value);
        lower.marks[pair.key.index()].above.extend(own);
    }
}

fn unknown_key(
    lower: &mut Lower,
    levels: &mut Levels,
    scope: &Scope,
    declared: &Declared,
    key: &Key,
) {
    let message = format!("`{}!` has no key `{}`", declared.macro_name, key.text);
    let of_pod =
        key.text.strip_prefix("pod_").filter(|rest| ["labels", "annotations"].contains(rest));
    if let Some(rest) = of_pod.filter(|_| scope.words.contains(&"pod")) {
        lower.errors.push(key.spot, message).help(format!("write `pod: {{ {rest}: … }}`"));
        return;
    }
    let by_json = scope.levels.iter().find_map(|(_, ty)| ty.field(&key.text));
    let meant = by_json.map(|field| field.snake).or_else(|| suggest(&key.text, scope.names()));
    if let Some(meant) = meant {
        lower.errors.push(key.spot, message).help(format!("use `{meant}`"));
        // The field that was likely meant counts as given.
        if let Some((level, _, field)) = scope.find(meant) {
            let value = lower.unknown(key.spot);
            let pair = lower.pair(field.name, key.spot, value);
            let level = levels.at(level);
            if !level.iter().any(|other| lower.tree.str(other.key) == field.name) {
                level.push(pair);
            }
        }
        return;
    }
    let help = scope
        .levels
        .iter()
        .find_map(|(_, ty)| {
            unknown_field(&key.text, ty, &[ty], Naming::Snake)
                .help
                .filter(|help| help.contains("write it in"))
        })
        .or_else(|| of_another_macro(&key.text))
        .unwrap_or_else(|| {
            let titles: Vec<&str> = scope.levels.iter().map(|(_, ty)| ty.title()).collect();
            let words: Vec<String> = scope.words.iter().map(|word| format!("`{word}`")).collect();
            format!("the keys are {}, and the fields of {}", words.join(", "), titles.join(", "))
        });
    lower.errors.push(key.spot, message).help(help);
}

/// Where a key belongs that this kind doesn't have.
fn of_another_macro(key: &str) -> Option<String> {
    let has_key = |name: &str| {
        find(name).is_some_and(|other| Scope::of(&other).names().any(|name| name == key))
    };
    // The kinds that people meet first, then all others.
    let first = ["deployment", "stateful_set", "job", "service", "ingress"];
    let all = first.into_iter().chain(KINDS.iter().map(|kind| kind.snake));
    let other = all.into_iter().find(|name| has_key(name))?;
    Some(format!("`{key}` is a key of `{other}!`"))
}

/// The name as a node: known, or the value of the author's expression.
pub(crate) fn name_node(
    lower: &mut Lower,
    declaration: &Declaration,
    name: Option<&Entry>,
) -> NodeId {
    if let Some(text) = &declaration.name {
        return lower.text(text, declaration.name_spot);
    }
    let (Some(name), Some(meta)) = (name, type_def(META)) else {
        return lower.unknown(declaration.name_spot);
    };
    match meta.field("name") {
        Some(field)
            if matches!(
                name.value.kind,
                ValueKind::Expr(_) | ValueKind::Concat(_) | ValueKind::Call(..)
            ) =>
        {
            lower.lower_value(&name.value, &field.ty, meta, Some(field))
        }
        _ => lower.unknown(declaration.name_spot),
    }
}

/// Puts the levels together.
fn finish(
    lower: &mut Lower,
    declaration: &mut Declaration,
    mut levels: Levels,
    name: Option<&Entry>,
    first: Option<&Entry>,
) {
    let spot = declaration.name_spot;
    let key_spot = name.map_or(spot, |entry| entry.key.spot);
    // A name that isn't given is an error already, and isn't missing too.
    let node = name_node(lower, declaration, name);
    let name_pair = lower.pair("name", key_spot, node);
    if let Some(name) = name {
        let mut above = name.above.clone();
        if first.is_some_and(|first| std::ptr::eq(first, name)) {
            // It stands above the whole.
            above = Above { behind: above.behind, ..Above::default() };
        }
        lower.annotate(&above, name_pair.key, name_pair.value);
    }
    let root = match declaration.declared.shape {
        Shape::Container | Shape::InitContainer => {
            let pairs: Vec<Pair> = [name_pair].into_iter().chain(levels.container).collect();
            let container = lower.map(&pairs, spot);
            contract::bind(lower, container, levels.contract);
            container
        }
        shape => {
            match shape {
                Shape::Template { path, selects } => {
                    fill_template(lower, declaration, &mut levels, name, path, selects);
                }
                Shape::Pod => {
                    levels.spec = pod_entries(lower, declaration, &mut levels, name, false)
                }
                _ => {}
            }
            if declaration.declared.known() == "Service" {
                demand_target_ports(lower, declaration, &levels.spec);
            }
            object(lower, declaration, levels, name_pair)
        }
    };
    lower.marks[root.index()].above.append(&mut declaration.docs);
    if declaration.declared.known() == "VaultStaticSecret" && !declaration.keys.is_empty() {
        let comment = vault::keys_comment(&lower.tree, root, &declaration.keys);
        lower.marks[root.index()].above.extend(comment);
    }
    if let Some(first) = first {
        // `annotate` puts the first entry's comments at the head of the document.
        let mut above = first.above.clone();
        above.behind = None;
        let docs = std::mem::take(&mut lower.marks[root.index()].above);
        lower.annotate(&above, root, root);
        lower.marks[root.index()].above.extend(docs);
    }
    declaration.root = root;
}

fn object(lower: &mut Lower, declaration: &Declaration, levels: Levels, name: Pair) -> NodeId {
    let spot = declaration.name_spot;
    let facts = declaration.declared.facts;
    let version = facts.map(|kind| kind.api_version()).unwrap_or_default();
    let version = lower.text(&version, spot);
    let kind = lower.text(declaration.declared.kind, spot);
    let metadata: Vec<Pair> = [name].into_iter().chain(levels.metadata).collect();
    let metadata = lower.map(&metadata, spot);
    let mut pairs = vec![
        lower.pair("apiVersion", spot, version),
        lower.pair("kind", spot, kind),
        lower.pair("metadata", spot, metadata),
    ];
    let field = facts.and_then(|kind| kind.ty.field("spec"));
    let has_spec = field.is_some_and(|field| field.object().is_some());
    let optional = match declaration.declared.known() {
        "" => field.is_some_and(|field| !field.required),
        kind => matches!(kind, "Namespace" | "Node"),
    };
    if has_spec && !(optional && levels.spec.is_empty()) {
        let spec = lower.map(&levels.spec, spot);
        pairs.push(lower.pair("spec", spot, spec));
    }
    pairs.extend(levels.root);
    lower.map(&pairs, spot)
}

/// Every port that a Service sends to must be one of its workload's.
fn demand_target_ports(lower: &mut Lower, declaration: &Declaration, spec: &[Pair]) {
    let Some(item) = &declaration.selects else { return };
    let ports = spec.iter().find(|pair| lower.tree.str(pair.key) == "ports").map(|pair| pair.value);
    let Some(ports) = ports else { return };
    for port in lower.tree.items(ports).to_vec() {
        let target =
            lower.tree.entry(port, "targetPort").or_else(|| lower.tree.entry(port, "port"));
        let Some(target) = target else { continue };
        let Some(wanted) = lower.port(target.value) else { continue };
        let spot = lower.spots[target.value.index()];
        let kind = DemandKind::ContainerPort(wanted);
        lower.demands.push(Demand { kind, item: item.clone(), spot });
    }
}
