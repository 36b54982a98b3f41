//! What a container promises of its image and of its environment: `needs`, `requires_env`, and
//! what its fields ask of an image that `image!` declares.
//!
//! Here it is only put together; the image's constants, or the keys of what `env_from` names,
//! answer when rustc evaluates them. Knows no Dockerfile.

use proc_macro2::TokenStream;
use quote::quote;
use reactbin_check::ask::{Ask, asks};
use reactbin_check::tree::Paths;
use reactbin_check::{Level, NodeId, Value as Plain};

use crate::config::config;
use crate::declare::Declaration;
use crate::errors::Errors;
use crate::image::read_paths;
use crate::lower::{Demand, DemandKind, Lower, Slot, SlotKind};
use crate::spot::Spot;
use crate::syntax::{Entry, Key, Value, ValueKind, ident_text};

/// The keys of a container that aren't its fields.
pub(crate) const WORDS: [&str; 2] = ["needs", "requires_env"];

/// What a container says in those.
#[derive(Debug, Default)]
pub(crate) struct Contract {
    keys: Vec<Key>,
    needs: Vec<(String, Spot)>,
    requires: Vec<(Required, Spot)>,
}

/// What a container's program requires of its environment.
#[derive(Debug)]
pub(crate) enum Required {
    /// A variable.
    Name(String),
    /// Those of a constant `&[&str]`.
    Constant(TokenStream),
}

/// What rustc is asked to hold of a container's environment, of which everything is known.
#[derive(Debug)]
pub(crate) struct EnvDemand {
    /// The names in `env`.
    pub(crate) own: Vec<String>,
    /// What `env_from` names, each with the prefix of its keys.
    pub(crate) from: Vec<(String, TokenStream)>,
    pub(crate) required: Vec<(Required, Spot)>,
}

/// A waiver, and what it lets an image be without.
#[derive(Debug)]
pub(crate) struct Waived {
    pub(crate) rule: &'static str,
    /// Where it stands; above a level it covers each of its fields.
    pub(crate) spot: Spot,
    /// Images, and what is asked of them.
    pub(crate) asks: Vec<(TokenStream, TokenStream)>,
}

impl Contract {
    /// Takes an entry of a container if it is one of these.
    pub(crate) fn take(&mut self, entry: &Entry, errors: &mut Errors) -> bool {
        let Entry { key, value, .. } = entry;
        if !WORDS.contains(&key.text.as_str()) {
            return false;
        }
        match self.keys.iter().find(|first| first.text == key.text) {
            Some(first) => errors.twice(key, first),
            None if key.text == "needs" => self.needs = read_paths(value, "needs", errors),
            None => self.requires = read_required(value, errors),
        }
        self.keys.push(key.clone());
        true
    }

    /// Says that these keys stand where there is no container.
    pub(crate) fn refuse(&self, errors: &mut Errors) {
        for key in &self.keys {
            errors
                .push(key.spot, format!("`{}` is a key of a container", key.text))
                .help("write it in the container's `{ }`");
        }
    }
}

/// `[DATABASE_URL, …]`, `(Settings::ENV)`, or both in a list.
fn read_required(value: &Value, errors: &mut Errors) -> Vec<(Required, Spot)> {
    let one;
    let items: Vec<&Value> = match &value.kind {
        ValueKind::List(items) => items.iter().map(|item| &item.value).collect(),
        ValueKind::Expr(_) => {
            one = [value];
            one.to_vec()
        }
        ValueKind::Wrong => return Vec::new(),
        _ => {
            errors
                .push(value.spot, "`requires_env` is a list of environment variables")
                .help("write `requires_env: [DATABASE_URL, …]`, or a constant in `( )`");
            return Vec::new();
        }
    };
    let mut names: Vec<String> = Vec::with_capacity(items.len());
    let mut required = Vec::with_capacity(items.len());
    for Value { kind, spot } in items {
        let name = match kind {
            ValueKind::Path(path) => path.ident().map(ident_text),
            ValueKind::Str(text) => Some(text.clone()),
            ValueKind::Expr(tokens) => {
                required.push((Required::Constant(tokens.clone()), *spot));
                continue;
            }
            ValueKind::Wrong => continue,
            _ => None,
        };
        match name {
            Some(name) if names.contains(&name) => {
                errors.push(*spot, format!("`{name}` is required twice")).help("remove it here");
            }
            Some(name) => {
                names.push(name.clone());
                required.push((Required::Name(name), *spot));
            }
            None => {
                errors
                    .push(*spot, "an environment variable is a name or a string")
                    .help("write `DATABASE_URL`, or a constant in `( )`");
            }
        }
    }
    required
}

/// Ties the keys that were read last to the container that they stand in.
pub(crate) fn bind(lower: &mut Lower, container: NodeId, contract: Contract) {
    if !contract.keys.is_empty() {
        lower.contracts.push((container, contract));
    }
}

/// Puts together what a declaration's containers ask for.
pub(crate) fn demand(lower: &mut Lower, declaration: &Declaration) {
    for (container, contract) in std::mem::take(&mut lower.contracts) {
        demand_needs(lower, container, contract.needs, &contract.keys);
        if !contract.requires.is_empty() {
            let demand = demand_env(lower, container, contract.requires);
            lower.envs.extend(demand);
        }
    }
    if !lower.images.is_empty() {
        demand_fields(lower, declaration);
    }
}

fn demand_needs(lower: &mut Lower, container: NodeId, paths: Vec<(String, Spot)>, keys: &[Key]) {
    let Some(image) = lower.tree.at(container, &["image"]) else { return };
    let slot = lower.marks[image.index()].slot.and_then(|slot| lower.slots.get_mut(slot as usize));
    let known = !matches!(lower.tree.get(image), Plain::Unknown);
    match slot {
        Some(Slot { kind: SlotKind::Image { item, needs }, .. }) => {
            for (path, spot) in &paths {
                let kind = DemandKind::Image(expand_ask(Ask::Path(path)), false);
                lower.demands.push(Demand { kind, item: item.clone(), spot: *spot });
            }
            needs.extend(paths);
        }
        // What is wrong already isn't unknown for another reason too.
        None if !known => {}
        _ => {
            let Some(key) = keys.iter().find(|key| key.text == "needs") else { return };
            lower
                .errors
                .push(key.spot, "nothing is known of the image that would have to have this")
                .help("declare it with `image! { name: my_image, dockerfile: … }`, and write `image: my_image`");
        }
    }
}

/// What is required of a container's environment; nothing where not all of that is known.
fn demand_env(
    lower: &Lower,
    container: NodeId,
    required: Vec<(Required, Spot)>,
) -> Option<EnvDemand> {
    let tree = &lower.tree;
    let list = |field| match tree.at(container, &[field]).map(|node| tree.get(node)) {
        None => Some(&[][..]),
        Some(Plain::List(items)) => Some(items),
        Some(_) => None,
    };
    let text = |node: NodeId, field: &str| match tree.at(node, &[field]).map(|node| tree.get(node))
    {
        Some(Plain::Str(text)) => Some(text.to_owned()),
        _ => None,
    };
    let own = list("env")?.iter().map(|var| text(*var, "name")).collect::<Option<_>>()?;
    let source = |source: &NodeId| {
        let name = ["secretRef", "configMapRef"]
            .iter()
            .find_map(|field| tree.at(*source, &[field, "name"]))?;
        let slot = lower.marks[name.index()].slot?;
        let SlotKind::Name { item, .. } = &lower.slots.get(slot as usize)?.kind else {
            return None;
        };
        let prefix = match tree.entry(*source, "prefix") {
            None => String::new(),
            Some(_) => text(*source, "prefix")?,
        };
        Some((prefix, item.clone()))
    };
    let from = list("envFrom")?.iter().map(source).collect::<Option<_>>()?;
    Some(EnvDemand { own, from, required })
}

/// What the fields of each container ask of its image.
fn demand_fields(lower: &mut Lower, declaration: &Declaration) {
    let Lower { tree, marks, spots, images, demands, waivers, waived, .. } = lower;
    let paths = Paths::new(tree, declaration.root);
    let config = config();
    let levels = &config.levels;
    // A pod asks the image of each of its containers, which may be one.
    let mut seen = Vec::new();
    for (node, item) in images.iter() {
        let Some(container) = paths.parent(*node) else { continue };
        // A container on its own may be in any pod.
        let pod = paths.parent(container).and_then(|list| paths.parent(list));
        for (node, ask) in asks(tree, container, pod) {
            let asked = (node, item.to_string(), ask);
            if seen.contains(&asked) {
                continue;
            }
            seen.push(asked);
            let rule = ask.rule();
            let said = paths.around(node).filter_map(|around| {
                let waivers = &marks[around.index()].waivers;
                let of_rule = waivers.iter().position(|waiver| waiver.rule == rule);
                let at = of_rule.or_else(|| waivers.iter().position(|w| w.means(rule)))?;
                Some((around, at, waivers[at].level))
            });
            let said: Vec<(NodeId, usize, Level)> = said.collect();
            let level = levels.get(rule).within(said.iter().map(|(.., level)| *level));
            let (around, at) = match said.first() {
                Some((around, at, _)) if level == Level::Allow => (*around, *at),
                _ if level >= Level::Deny => {
                    let kind = DemandKind::Image(expand_ask(ask), level == Level::Forbid);
                    demands.push(Demand { kind, item: item.clone(), spot: spots[node.index()] });
                    continue;
                }
                // The build script warns.
                _ => continue,
            };
            if marks[around.index()].waivers[at].rule != rule {
                // It is told that there is no such lint, and one mistake is one error.
                continue;
            }
            marks[around.index()].waivers[at].used = true;
            let spot =
                waivers.get(&around).and_then(|list| list.iter().find(|(index, _)| *index == at));
            let Some((_, spot)) = spot else { continue };
            let ask = (item.clone(), expand_ask(ask));
            let is_same = |other: &&mut Waived| {
                other.rule == rule && other.spot.start.start() == spot.start.start()
            };
            match waived.iter_mut().find(is_same) {
                Some(other) => other.asks.push(ask),
                None => waived.push(Waived { rule, spot: *spot, asks: vec![ask] }),
            }
        }
    }
}

fn expand_ask(ask: Ask<'_>) -> TokenStream {
    match ask {
        Ask::User(id) => quote!(User(#id)),
        Ask::NonRoot => quote!(NonRoot),
        Ask::Port(number, protocol) => quote!(Port(#number, #protocol)),
        Ask::Directory(path) => quote!(Directory(#path)),
        Ask::Path(path) => quote!(Path(#path)),
    }
}
