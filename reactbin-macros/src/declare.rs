//! A declaration from its entries to its object: which level each key belongs to, and what is
//! filled in.

use proc_macro2::{Ident, Span, TokenStream};
use reactbin_check::facts::{Field, KINDS, Ty, TypeDef, type_def};
use reactbin_check::suggest::suggest;
use reactbin_check::structure::unknown_field;
use reactbin_check::{Entry as Pair, Naming, NodeId};

use crate::kinds::{Declared, Shape, find, object_type, type_at};
use crate::lower::{Demand, DemandKind, Lower, SlotKind};
use crate::names::{item_ident, referenced_type};
use crate::parse::{Above, Entry, Key, Value, ValueKind, ident_text};
use crate::reference::{INIT_CONTAINER, NAMESPACE, VAULT_AUTH, WORKLOAD};
use crate::spot::Spot;
use crate::vault;

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
    /// The keys that `keys:` declares.
    pub(crate) keys: Vec<String>,
    /// The workload that a Service selects.
    pub(crate) selects: Option<TokenStream>,
}

/// The levels of an object, each with the entries that it got so far.
#[derive(Default)]
struct Levels {
    root: Vec<Pair>,
    metadata: Vec<Pair>,
    spec: Vec<Pair>,
    /// The spec of a CronJob's Jobs.
    job: Vec<Pair>,
    template_metadata: Vec<Pair>,
    pod: Vec<Pair>,
    container: Vec<Pair>,
    init: Option<Pair>,
    containers: Option<Pair>,
    /// Keys that nothing of the kind has.
    unknown: Vec<Key>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    Root,
    Metadata,
    Spec,
    Job,
    Pod,
    Container,
}

/// The types of a kind's levels, in the order in which a key is looked up.
struct Scope {
    levels: Vec<(Level, &'static TypeDef)>,
    /// Keys that aren't fields.
    words: Vec<&'static str>,
}

const META: &str = "apimachinery.pkg.apis.meta.v1.ObjectMeta";
const CONTAINER: &str = "api.core.v1.Container";
const POD: &str = "api.core.v1.PodSpec";

impl Scope {
    fn of(declared: &Declared) -> Scope {
        let mut scope = Scope { levels: Vec::new(), words: vec!["name", "item"] };
        let pods = !matches!(declared.shape, Shape::Plain);
        if pods {
            scope.add(Level::Container, type_def(CONTAINER));
        }
        let Some(kind) = declared.facts else { return scope };
        scope.words.extend(["namespace", "file"]);
        let spec = type_at(kind.ty, &["spec"]);
        if declared.shape == Shape::Pod {
            scope.words.push("init");
            scope.add(Level::Pod, spec);
        } else {
            scope.add(Level::Spec, spec);
            scope.add(Level::Job, type_at(kind.ty, &["spec", "jobTemplate", "spec"]));
        }
        if let Shape::Template { .. } = declared.shape {
            scope.words.extend(["init", "pod"]);
            scope.add(Level::Pod, type_def(POD));
        }
        scope.add(Level::Root, Some(kind.ty));
        scope.add(Level::Metadata, type_def(META));
        match declared.kind {
            "NetworkPolicy" | "PodDisruptionBudget" | "Service" => scope.words.push("selects"),
            "StatefulSet" => scope.words.push("volume_claims"),
            "VaultStaticSecret" => scope.words.extend(["auth", "keys"]),
            _ => {}
        }
        scope
    }

    fn add(&mut self, level: Level, ty: Option<&'static TypeDef>) {
        self.levels.extend(ty.map(|ty| (level, ty)));
    }

    fn find(&self, key: &str) -> Option<(Level, &'static TypeDef, &'static Field)> {
        // A container has a restart policy of its own since 1.28; the usual meaning is the pod's.
        let skip = |level: Level| {
            key == "restart_policy" && level == Level::Container && self.levels.len() > 1
        };
        // These say a level outright, even where a spec has fields of these names.
        let outright = matches!(key, "spec" | "metadata");
        self.levels
            .iter()
            .filter(|(level, _)| !skip(*level) && (!outright || *level == Level::Root))
            .find_map(|(level, ty)| Some((*level, *ty, ty.field_by_snake(key)?)))
    }

    fn names(&self) -> impl Iterator<Item = &'static str> {
        let fields = self.levels.iter().flat_map(|(_, ty)| ty.fields.iter().map(|f| f.snake));
        self.words.clone().into_iter().chain(fields)
    }
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
pub(crate) fn declare(lower: &mut Lower, declared: Declared, entries: &[Entry], around: Spot) -> Declaration {
    let scope = Scope::of(&declared);
    let words = Words { entries };
    let name = words.get("name");
    let name_spot = name.map(|entry| entry.value.spot).or(entries.first().map(|e| e.key.spot)).unwrap_or(around);
    let mut declaration = Declaration {
        declared,
        item: None,
        name: None,
        name_spot,
        file: None,
        root: lower.unknown(name_spot),
        keys: Vec::new(),
        selects: None,
    };
    read_name(lower, &mut declaration, name, words.get("item"));
    let mut levels = Levels::default();
    let mut seen: Vec<&Key> = Vec::new();
    for entry in entries {
        let first = seen.iter().find(|key| key.text == entry.key.text);
        match first {
            Some(first) => lower.errors.twice(&entry.key, first),
            None => place(lower, &mut declaration, &mut levels, &scope, entry),
        }
        seen.push(&entry.key);
    }
    // Behind all others, so that the field that was likely meant is known to be given or not.
    for key in std::mem::take(&mut levels.unknown) {
        unknown_key(lower, &mut levels, &scope, &declaration.declared, &key);
    }
    finish(lower, &mut declaration, levels, name, entries.first());
    declaration
}

fn read_name(lower: &mut Lower, declaration: &mut Declaration, name: Option<&Entry>, item: Option<&Entry>) {
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
                .push(declaration.name_spot, "a name that is computed can't name the item of this declaration")
                .help("add `item: MyItem`, by which other declarations refer to it");
        }
        Some(ValueKind::Int(number)) => {
            declaration.name = Some(number.to_string());
            lower
                .errors
                .push(declaration.name_spot, "a name is text")
                .help(format!("write `\"{number}\"`"));
        }
        Some(ValueKind::Wrong | ValueKind::Expr(_) | ValueKind::Concat(_) | ValueKind::Call(..)) | None => {}
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
            lower.errors.push(spot, "`item` is the name of a Rust type").help("write `item: MyItem`");
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
    let Some((level, ty, field)) = scope.find(word) else {
        levels.unknown.push(entry.key.clone());
        return;
    };
    match (level, field.name) {
        (Level::Root, "spec") if declaration.declared.shape == Shape::Pod => place_pod(lower, levels, entry),
        (Level::Root, "spec") => explicit(lower, &mut levels.spec, entry, field),
        (Level::Root, "metadata") => explicit(lower, &mut levels.metadata, entry, field),
        (Level::Pod, "containers") => levels.containers = lower.lower_entry(entry, ty),
        (Level::Pod, "initContainers") => levels.init = lower.lower_entry(entry, ty),
        _ => {
            let pair = lower.lower_entry(entry, ty);
            levels.at(level).extend(pair);
        }
    }
}

impl Levels {
    fn at(&mut self, level: Level) -> &mut Vec<Pair> {
        match level {
            Level::Root => &mut self.root,
            Level::Metadata => &mut self.metadata,
            Level::Spec => &mut self.spec,
            Level::Job => &mut self.job,
            Level::Pod => &mut self.pod,
            Level::Container => &mut self.container,
        }
    }
}

/// `spec: { … }` and `metadata: { … }`: a level said outright.
fn explicit(lower: &mut Lower, level: &mut Vec<Pair>, entry: &Entry, field: &'static Field) {
    match (&entry.value.kind, object_type(field)) {
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
fn annotate_level(lower: &mut Lower, above: &Above, pairs: &[Pair]) {
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

/// A key that isn't a field. Returns whether it was one of these.
fn place_word(lower: &mut Lower, declaration: &mut Declaration, levels: &mut Levels, entry: &Entry) -> bool {
    let value = &entry.value;
    match entry.key.text.as_str() {
        "name" | "item" => {}
        "namespace" => {
            let name = lower.lower_reference(value, NAMESPACE, &Ty::String);
            levels.metadata.push(annotated_pair(lower, entry, "namespace", name));
        }
        "file" => read_file(lower, declaration, value),
        "init" => levels.init = Some(lower_init(lower, entry)),
        "pod" => place_pod(lower, levels, entry),
        "selects" => place_selects(lower, declaration, levels, entry),
        "volume_claims" => crate::volume_claims::place(lower, entry, &mut levels.spec, &mut levels.container),
        "auth" => {
            let name = lower.lower_reference(value, VAULT_AUTH, &Ty::String);
            levels.spec.push(annotated_pair(lower, entry, "vaultAuthRef", name));
        }
        "keys" => declaration.keys = vault::read_keys(lower, value),
        _ => return false,
    }
    true
}

fn read_file(lower: &mut Lower, declaration: &mut Declaration, value: &Value) {
    let ValueKind::Str(text) = &value.kind else {
        if !matches!(value.kind, ValueKind::Wrong) {
            lower.errors.push(value.spot, "`file` is a path below the output directory").help("write `file: \"api/deployment.yaml\"`");
        }
        return;
    };
    let parts: Vec<&str> = text.split('/').collect();
    let clean = parts.iter().all(|part| !part.is_empty() && !part.starts_with('.') && !part.contains('\\'));
    if !clean {
        lower
            .errors
            .push(value.spot, format!("`{text}` is no path below the output directory"))
            .help("write a relative path with `/`, without `..` and without hidden parts");
    } else if !text.ends_with(".yaml") && !text.ends_with(".yml") {
        lower
            .errors
            .push(value.spot, format!("`{text}` isn't named like a YAML file"))
            .help(format!("write `\"{text}.yaml\"`"));
    }
    declaration.file = Some(text.clone());
}

/// `init: migrate` or `init: [migrate, warm_up]`.
fn lower_init(lower: &mut Lower, entry: &Entry) -> Pair {
    let value = &entry.value;
    let one;
    let items: Vec<&Value> = match &value.kind {
        ValueKind::List(items) => items.iter().map(|item| &item.value).collect(),
        _ => {
            one = [value];
            one.to_vec()
        }
    };
    let mut nodes = Vec::with_capacity(items.len());
    for item in items {
        let node = match &item.kind {
            ValueKind::Path(path) => {
                let item_type = referenced_type(path, INIT_CONTAINER.suffix);
                lower.slot(SlotKind::Fragment { item: item_type }, item.spot)
            }
            ValueKind::Wrong => lower.unknown(item.spot),
            _ => {
                let name = match &item.kind {
                    ValueKind::Str(text) => text.replace('-', "_"),
                    _ => "migrate".to_owned(),
                };
                lower
                    .errors
                    .push(item.spot, "`init` takes the name of an init container")
                    .help(format!("write `{name}`, with `init_container! {{ name: {name}, … }}` declared"));
                lower.unknown(item.spot)
            }
        };
        nodes.push(node);
    }
    let list = lower.list(&nodes, value.spot);
    annotated_pair(lower, entry, "initContainers", list)
}

/// `pod: { … }`: fields of the pod, and the labels and annotations that all its pods get.
fn place_pod(lower: &mut Lower, levels: &mut Levels, entry: &Entry) {
    let ValueKind::Map(entries) = &entry.value.kind else {
        if !matches!(entry.value.kind, ValueKind::Wrong) {
            lower.errors.push(entry.value.spot, "`pod` takes the fields of the pod in `{ }`").help("write `pod: { … }`");
        }
        return;
    };
    let (Some(pod), Some(meta)) = (type_def(POD), type_def(META)) else { return };
    let above = &entry.above;
    let mut all = Vec::new();
    for entry in entries {
        let key = entry.key.text.as_str();
        let of_metadata = pod.field_by_snake(key).is_none() && matches!(key, "labels" | "annotations");
        let Some(pair) = lower.lower_entry(entry, if of_metadata { meta } else { pod }) else { continue };
        all.push(pair);
        match key {
            "containers" => levels.containers = Some(pair),
            "init_containers" => levels.init = Some(pair),
            _ if of_metadata => levels.template_metadata.push(pair),
            _ => levels.pod.push(pair),
        }
    }
    annotate_level(lower, above, &all);
}

/// `selects: api`: the labels of a workload's pods.
fn place_selects(lower: &mut Lower, declaration: &mut Declaration, levels: &mut Levels, entry: &Entry) {
    let value = &entry.value;
    let node = match &value.kind {
        ValueKind::Path(path) => {
            let item = referenced_type(path, WORKLOAD.suffix);
            declaration.selects = Some(item.clone());
            lower.demands.push(Demand { kind: DemandKind::Pods, item: item.clone(), spot: value.spot });
            lower.slot(SlotKind::Selector { item }, value.spot)
        }
        ValueKind::Wrong => lower.unknown(value.spot),
        _ => {
            lower
                .errors
                .push(value.spot, "`selects` takes the name of a workload")
                .help("name a Deployment, StatefulSet or Job, or write `selector: { app: … }` for pods that are made elsewhere");
            lower.unknown(value.spot)
        }
    };
    let kind = declaration.declared.kind;
    if kind == "Service" {
        levels.spec.push(annotated_pair(lower, entry, "selector", node));
        return;
    }
    let labels = lower.pair("matchLabels", entry.key.spot, node);
    let selector = lower.map(&[labels], value.spot);
    let field = if kind == "NetworkPolicy" { "podSelector" } else { "selector" };
    levels.spec.push(annotated_pair(lower, entry, field, selector));
}

/// An entry that stands for a field of another name.
fn annotated_pair(lower: &mut Lower, entry: &Entry, field: &str, value: NodeId) -> Pair {
    let pair = lower.pair(field, entry.key.spot, value);
    lower.annotate(&entry.above, pair.key, pair.value);
    pair
}

fn unknown_key(lower: &mut Lower, levels: &mut Levels, scope: &Scope, declared: &Declared, key: &Key) {
    let message = format!("`{}!` has no key `{}`", declared.macro_name, key.text);
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
        .find_map(|(_, ty)| unknown_field(&key.text, ty, &[ty], Naming::Snake).help.filter(|help| help.contains("write it in")))
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
fn name_node(lower: &mut Lower, declaration: &Declaration, name: Option<&Entry>) -> NodeId {
    if let Some(text) = &declaration.name {
        return lower.text(text, declaration.name_spot);
    }
    let (Some(name), Some(meta)) = (name, type_def(META)) else {
        return lower.unknown(declaration.name_spot);
    };
    match meta.field("name") {
        Some(field) if matches!(name.value.kind, ValueKind::Expr(_) | ValueKind::Concat(_) | ValueKind::Call(..)) => {
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
    let root = match declaration.declared.shape {
        Shape::Container | Shape::InitContainer => {
            let pairs: Vec<Pair> = [name_pair].into_iter().chain(levels.container).collect();
            lower.map(&pairs, spot)
        }
        shape => {
            match shape {
                Shape::Template { path, selects } => {
                    fill_template(lower, declaration, &mut levels, name, path, selects);
                }
                Shape::Pod => levels.spec = pod_entries(lower, declaration, &mut levels, name, false),
                _ => {}
            }
            if declaration.declared.kind == "Service" {
                demand_target_ports(lower, declaration, &levels.spec);
            }
            object(lower, declaration, levels, name_pair)
        }
    };
    if declaration.declared.kind == "VaultStaticSecret" && !declaration.keys.is_empty() {
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
    let has_spec = facts.is_some_and(|kind| kind.ty.field("spec").is_some());
    let optional = matches!(declaration.declared.kind, "Namespace" | "Node");
    if has_spec && !(optional && levels.spec.is_empty()) {
        let spec = lower.map(&levels.spec, spot);
        pairs.push(lower.pair("spec", spot, spec));
    }
    pairs.extend(levels.root);
    lower.map(&pairs, spot)
}

/// The pod template: the single container, the pod's fields, and the default selector.
fn fill_template(
    lower: &mut Lower,
    declaration: &Declaration,
    levels: &mut Levels,
    name: Option<&Entry>,
    path: &[&str],
    selects: bool,
) {
    let spot = declaration.name_spot;
    let Some((template_key, around)) = path.split_last() else { return };
    let holder = match around {
        [] => &levels.root,
        ["spec"] => &levels.spec,
        _ => &levels.job,
    };
    // An author who writes the template out has said all of it.
    let written = has(lower, holder, template_key);
    let pod = pod_entries(lower, declaration, levels, name, written);
    if selects {
        fill_selector(lower, declaration, levels, name);
    }
    if written && pod.is_empty() && levels.template_metadata.is_empty() {
        return;
    }
    let pod = lower.map(&pod, spot);
    let mut template = Vec::new();
    if !levels.template_metadata.is_empty() {
        let metadata = lower.map(&levels.template_metadata, spot);
        template.push(lower.pair("metadata", spot, metadata));
    }
    template.push(lower.pair("spec", spot, pod));
    let template = lower.map(&template, spot);
    let template = lower.pair(template_key, spot, template);
    match around {
        [] => levels.root.push(template),
        ["spec"] => levels.spec.push(template),
        _ => {
            levels.job.push(template);
            let job = lower.map(&levels.job, spot);
            let job = lower.pair("spec", spot, job);
            let job = lower.map(&[job], spot);
            levels.spec.push(lower.pair("jobTemplate", spot, job));
        }
    }
    // Claims are read after the pod that mounts them.
    let claims = levels.spec.iter().position(|p| lower.tree.str(p.key) == "volumeClaimTemplates");
    if let Some(claims) = claims {
        let claims = levels.spec.remove(claims);
        levels.spec.push(claims);
    }
}

fn has(lower: &Lower, pairs: &[Pair], key: &str) -> bool {
    pairs.iter().any(|pair| lower.tree.str(pair.key) == key)
}

/// The pod's fields: its init containers and containers first.
fn pod_entries(
    lower: &mut Lower,
    declaration: &Declaration,
    levels: &mut Levels,
    name: Option<&Entry>,
    written: bool,
) -> Vec<Pair> {
    let mut pod: Vec<Pair> = levels.init.take().into_iter().collect();
    pod.extend(containers(lower, declaration, levels, name));
    if !written && !has(lower, &pod, "containers") {
        let spot = declaration.name_spot;
        let what = declaration.declared.macro_name;
        lower
            .errors
            .push(spot, format!("`{what}!` has no container"))
            .help("write `image: …` for its only one, or `containers: { … }` for several");
        let unknown = lower.unknown(spot);
        pod.push(lower.pair("containers", spot, unknown));
    }
    pod.append(&mut levels.pod);
    pod
}

fn containers(
    lower: &mut Lower,
    declaration: &Declaration,
    levels: &mut Levels,
    name: Option<&Entry>,
) -> Option<Pair> {
    let written = levels.containers.take();
    let single = std::mem::take(&mut levels.container);
    if single.is_empty() {
        return written;
    }
    let spot = declaration.name_spot;
    let name = name_node(lower, declaration, name);
    let mut pairs = vec![lower.pair("name", spot, name)];
    pairs.extend(single);
    let container = lower.map(&pairs, spot);
    let mut items = vec![container];
    match written {
        None => {
            let list = lower.list(&items, spot);
            Some(lower.pair("containers", spot, list))
        }
        Some(written) => {
            items.extend(lower.tree.items(written.value).to_vec());
            let list = lower.list(&items, lower.spots[written.value.index()]);
            Some(Pair { key: written.key, value: list })
        }
    }
}

/// A workload that doesn't speak of its selector gets `app: <name>` there and on its pods.
fn fill_selector(lower: &mut Lower, declaration: &Declaration, levels: &mut Levels, name: Option<&Entry>) {
    let spot = declaration.name_spot;
    if has(lower, &levels.spec, "selector") || has(lower, &levels.spec, "template") {
        return;
    }
    let labels = levels.template_metadata.iter().position(|pair| lower.tree.str(pair.key) == "labels");
    let own = labels.and_then(|at| lower.tree.entry(levels.template_metadata[at].value, "app"));
    let value = match own {
        Some(own) => copy_scalar(lower, own.value),
        None => name_node(lower, declaration, name),
    };
    let app = lower.pair("app", spot, value);
    let match_labels = lower.map(&[app], spot);
    let match_labels = lower.pair("matchLabels", spot, match_labels);
    let selector = lower.map(&[match_labels], spot);
    let selector = lower.pair("selector", spot, selector);
    levels.spec.push(selector);
    if own.is_some() {
        return;
    }
    let value = name_node(lower, declaration, name);
    let mut pairs = vec![lower.pair("app", spot, value)];
    match labels {
        Some(at) => {
            let labels = levels.template_metadata[at];
            pairs.extend(lower.tree.entries(labels.value).to_vec());
            let merged = lower.map(&pairs, lower.spots[labels.value.index()]);
            levels.template_metadata[at] = Pair { key: labels.key, value: merged };
        }
        None => {
            let labels = lower.map(&pairs, spot);
            let pair = lower.pair("labels", spot, labels);
            levels.template_metadata.push(pair);
        }
    }
}

fn copy_scalar(lower: &mut Lower, node: NodeId) -> NodeId {
    let spot = lower.spots[node.index()];
    let text = lower.tree.str(node).to_owned();
    if text.is_empty() { lower.unknown(spot) } else { lower.text(&text, spot) }
}

/// Every port that a Service sends to must be one of its workload's.
fn demand_target_ports(lower: &mut Lower, declaration: &Declaration, spec: &[Pair]) {
    let Some(item) = &declaration.selects else { return };
    let ports = spec.iter().find(|pair| lower.tree.str(pair.key) == "ports").map(|pair| pair.value);
    let Some(ports) = ports else { return };
    for port in lower.tree.items(ports).to_vec() {
        let target = lower.tree.entry(port, "targetPort").or_else(|| lower.tree.entry(port, "port"));
        let Some(target) = target else { continue };
        let Some(wanted) = lower.port(target.value) else { continue };
        let spot = lower.spots[target.value.index()];
        let kind = DemandKind::ContainerPort(wanted);
        lower.demands.push(Demand { kind, item: item.clone(), spot });
    }
}
