//! The engine's findings as errors at their tokens, and what waivers do to them.

use reactbin_check::facts::type_def;
use reactbin_check::tree::Paths;
use reactbin_check::{
    At, Entry as Pair, Finding, Naming, NodeId, Options, Severity, Value, check_fragment,
    check_object,
};

use crate::declare::Declaration;
use crate::errors::spelt;
use crate::kinds::Shape;
use crate::lower::Lower;
use crate::spot::Spot;

/// Runs the engine over a declaration.
pub(crate) fn check(lower: &mut Lower, declaration: &Declaration) {
    let options = Options { naming: Naming::Snake };
    let (findings, whole) = match declaration.declared.shape {
        Shape::Plain | Shape::Pod | Shape::Template { .. } => {
            (check_object(&lower.tree, declaration.root, &options), declaration.root)
        }
        shape => {
            // A container on its own is checked as one of a pod of which nothing else is known.
            let pod = pod_of(lower, declaration, shape);
            let findings = match type_def("api.core.v1.PodSpec") {
                Some(ty) => check_fragment(&lower.tree, pod, ty, &options),
                None => Vec::new(),
            };
            (findings, pod)
        }
    };
    report(lower, declaration, whole, findings);
    unused_waivers(lower);
}

fn pod_of(lower: &mut Lower, declaration: &Declaration, shape: Shape) -> NodeId {
    let spot = declaration.name_spot;
    let unknown = lower.unknown(spot);
    let others = lower.list(&[unknown], spot);
    let volumes = lower.unknown(spot);
    let own = lower.list(&[declaration.root], spot);
    let (init, main) = if shape == Shape::InitContainer { (own, others) } else { (others, own) };
    let pairs: Vec<Pair> = vec![
        lower.pair("initContainers", spot, init),
        lower.pair("containers", spot, main),
        lower.pair("volumes", spot, volumes),
    ];
    lower.map(&pairs, spot)
}

fn report(lower: &mut Lower, declaration: &Declaration, root: NodeId, findings: Vec<Finding>) {
    if findings.is_empty() {
        return;
    }
    // The tree is done: a copy lets the waivers be marked while it is walked.
    let tree = lower.tree.clone();
    let paths = Paths::new(&tree, root);
    let mut names_wrong = false;
    for finding in findings {
        // A macro can't warn: `cargo build` does, once the object is assembled.
        if waive(lower, &paths, &finding) || finding.severity == Severity::Warning {
            continue;
        }
        // The name stands in several places of the object, and is wrong only once.
        if finding.at == At::Value && is_name(lower, declaration, &finding) {
            if names_wrong {
                continue;
            }
            names_wrong = true;
        }
        let spot = spot_of(lower, declaration, &paths, &finding);
        let help =
            placeholder(spot).or_else(|| finding.help.clone().map(|help| respelt(help, spot)));
        let note = finding.related.as_ref().map(|(node, what)| {
            let line = lower.spots[node.index()].start.start().line;
            format!("{what}, in line {line}")
        });
        let waivable = finding.waivable();
        let error = lower.errors.push(spot, finding.message);
        if let Some(help) = help {
            error.help(help);
        }
        if let Some(note) = note {
            error.note(note);
        } else if waivable {
            error.note(format!(
                "where it is right, write `#[allow({}, reason = \"…\")]` above it",
                finding.rule
            ));
        }
    }
}

/// Whether the finding is about the declaration's name, or a copy of it.
fn is_name(lower: &Lower, declaration: &Declaration, finding: &Finding) -> bool {
    let Some(name) = &declaration.name else { return false };
    matches!(lower.tree.get(finding.node), Value::Str(text) if text == name)
        && lower.spots[finding.node.index()].start.start() == declaration.name_spot.start.start()
}

/// A help that names one text, with the text as the author would write it there.
fn respelt(help: String, spot: Spot) -> String {
    match help.strip_prefix("use `").and_then(|rest| rest.strip_suffix('`')) {
        Some(text) if !text.contains('`') => format!("use {}", spelt(text, spot)),
        _ => help,
    }
}

/// What to write for a text like `"<your-domain>"`.
fn placeholder(spot: Spot) -> Option<String> {
    let source = spot.start.source_text()?;
    let text = source.strip_prefix("\"<")?.strip_suffix(">\"")?;
    Some(format!(
        "declare `parameter! {{ name: …, type: …, placeholder: \"<{text}>\" }}` and write `param(…)` here",
    ))
}

/// Whether a waiver covers the finding. A waiver covers its node and all below.
fn waive(lower: &mut Lower, paths: &Paths<'_>, finding: &Finding) -> bool {
    if !finding.waivable() {
        return false;
    }
    for node in paths.around(finding.node) {
        let waivers = &mut lower.marks[node.index()].waivers;
        if let Some(waiver) = waivers.iter_mut().find(|waiver| waiver.rule == finding.rule) {
            waiver.used = true;
            return true;
        }
    }
    false
}

/// A waiver that waives nothing, unless something below it isn't known yet.
fn unused_waivers(lower: &mut Lower) {
    let all: Vec<(NodeId, usize, Spot)> = lower
        .waivers
        .iter()
        .flat_map(|(node, list)| list.iter().map(|(index, spot)| (*node, *index, *spot)))
        .collect();
    for (node, index, spot) in all {
        let Some(waiver) = lower.marks[node.index()].waivers.get(index) else { continue };
        let rule = waiver.rule.clone();
        let used = waiver.used;
        match reactbin_check::rules::find(&rule) {
            None => {
                let known = || reactbin_check::rules::known().filter(|r| r.waivable).map(|r| r.id);
                let help = match reactbin_check::suggest::suggest(&rule, known()) {
                    Some(meant) => format!("use `{meant}`"),
                    None => {
                        let mut known: Vec<String> = known().map(|id| format!("`{id}`")).collect();
                        known.sort();
                        format!("the rules that can be waived are {}", known.join(", "))
                    }
                };
                lower.errors.push(spot, format!("there is no rule `{rule}`")).help(help);
            }
            Some(known) if !known.waivable => {
                lower
                    .errors
                    .push(
                        spot,
                        format!("`{rule}` can't be waived: the API server refuses what breaks it"),
                    )
                    .help("remove the waiver");
            }
            Some(known) if !used && known.is_of_objects() && !lower.tree.has_unknown(node) => {
                lower
                    .errors
                    .push(spot, format!("this waiver of `{rule}` waives nothing"))
                    .help("remove it, or move it above what breaks the rule");
            }
            Some(_) => {}
        }
    }
}

/// The tokens that a finding is about.
fn spot_of(lower: &Lower, declaration: &Declaration, paths: &Paths<'_>, finding: &Finding) -> Spot {
    let spot = lower.spots[finding.node.index()];
    if finding.at != At::Block {
        return spot;
    }
    // A block is named by its key; an item of a list has only its closing brace.
    match paths.key(finding.node) {
        Some(key) => lower.spots[key.index()],
        None if finding.node == declaration.root => declaration.name_spot,
        None => Spot::of(spot.end),
    }
}
