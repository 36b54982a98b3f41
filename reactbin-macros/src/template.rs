//! The pod template of a workload: its containers, and the selector that the API demands.

use reactbin_check::{Entry as Pair, NodeId};

use crate::contract;
use crate::declare::{Declaration, name_node};
use crate::levels::Levels;
use crate::lower::Lower;
use crate::syntax::Entry;

/// The pod template: the single container, the pod's fields, and the default selector.
pub(crate) fn fill_template(
    lower: &mut Lower,
    declaration: &Declaration,
    levels: &mut Levels,
    name: Option<&Entry>,
    path: &[&str],
    selects: bool,
) {
    let spot = declaration.name_spot;
    let Some((template_key, around)) = path.split_last() else { return };
    let holder = holder_of(levels, around);
    // An author who writes the template out has said all of it.
    let written = has(lower, holder, template_key);
    let pod = pod_entries(lower, declaration, levels, name, written);
    if selects {
        fill_selector(lower, declaration, levels, name);
    }
    if written {
        if !pod.is_empty() || !levels.template_metadata.is_empty() {
            refuse_template(lower, levels, around, template_key, selects);
        }
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

/// A template beside keys of its pod. What it lacks may stand in those, so nothing more is said.
fn refuse_template(
    lower: &mut Lower,
    levels: &mut Levels,
    around: &[&str],
    template_key: &str,
    selects: bool,
) {
    let holder = match around {
        [] => &mut levels.root,
        ["spec"] => &mut levels.spec,
        _ => &mut levels.job,
    };
    let Some(pair) = holder.iter_mut().find(|pair| lower.tree.str(pair.key) == template_key) else {
        return;
    };
    let spot = lower.spots[pair.key.index()];
    pair.value = lower.unknown(spot);
    lower
        .errors
        .push(spot, format!("`{template_key}` stands beside keys of the pod"))
        .help("write the pod's other fields in `pod: { … }` instead");
    if selects && !has(lower, &levels.spec, "selector") {
        let unknown = lower.unknown(spot);
        levels.spec.push(lower.pair("selector", spot, unknown));
    }
}

fn holder_of<'l>(levels: &'l Levels, around: &[&str]) -> &'l [Pair] {
    match around {
        [] => &levels.root,
        ["spec"] => &levels.spec,
        _ => &levels.job,
    }
}

fn has(lower: &Lower, pairs: &[Pair], key: &str) -> bool {
    pairs.iter().any(|pair| lower.tree.str(pair.key) == key)
}

/// The pod's fields: its init containers and containers first.
pub(crate) fn pod_entries(
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
    let contract = std::mem::take(&mut levels.contract);
    if single.is_empty() {
        contract.refuse(&mut lower.errors);
        return written;
    }
    let spot = declaration.name_spot;
    let name = name_node(lower, declaration, name);
    let mut pairs = vec![lower.pair("name", spot, name)];
    pairs.extend(single);
    let container = lower.map(&pairs, spot);
    contract::bind(lower, container, contract);
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
fn fill_selector(
    lower: &mut Lower,
    declaration: &Declaration,
    levels: &mut Levels,
    name: Option<&Entry>,
) {
    let spot = declaration.name_spot;
    if has(lower, &levels.spec, "selector") || has(lower, &levels.spec, "template") {
        return;
    }
    let labels =
        levels.template_metadata.iter().position(|pair| lower.tree.str(pair.key) == "labels");
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
