//! The engine's findings as errors at their tokens, and what the levels of lints make of them.

use std::borrow::Cow;

use reactbin_check::check::check_kind;
use reactbin_check::facts::type_def;
use reactbin_check::tree::Paths;
use reactbin_check::{
    At, Entry as Pair, Finding, Level, Levels, Naming, NodeId, Options, Severity, Value,
    check_fragment, check_object, lints,
};

use crate::config::config;
use crate::declare::Declaration;
use crate::errors::spelt;
use crate::kinds::Shape;
use crate::lower::Lower;
use crate::spot::Spot;

/// Runs the engine over a declaration.
pub(crate) fn check(lower: &mut Lower, declaration: &Declaration) {
    let config = config();
    let mut levels = Cow::Borrowed(&config.errors);
    for waiver in lower.waivers.keys().flat_map(|node| &lower.marks[node.index()].waivers) {
        // What it weighs around here is found out where it is found.
        levels.to_mut().wake(&waiver.rule);
    }
    let options = Options { levels: &levels, whole: false, ..Options::new(Naming::Snake) };
    let (findings, whole) = match declaration.declared.shape {
        Shape::Plain | Shape::Pod | Shape::Template { .. } => {
            let (tree, root) = (&lower.tree, declaration.root);
            let findings = match declaration.declared.facts {
                Some(kind) => check_kind(tree, root, kind, &options),
                None => check_object(tree, root, &options),
            };
            (findings, root)
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
    report(lower, declaration, whole, &config.levels, findings);
    check_levels(lower, declaration, &config.levels);
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

fn report(
    lower: &mut Lower,
    declaration: &Declaration,
    root: NodeId,
    levels: &Levels,
    findings: Vec<Finding>,
) {
    if findings.is_empty() {
        return;
    }
    // The tree is done: a copy lets the waivers be marked while it is walked.
    let tree = lower.tree.clone();
    let paths = Paths::new(&tree, root);
    let mut names_wrong = false;
    let mut told: Option<Finding> = None;
    for mut finding in findings {
        if lower.doubtful.contains(&finding.node) {
            continue;
        }
        // A macro can't warn: `cargo build` does, once the object is assembled.
        let level = level_of(lower, &paths, levels, &finding);
        if level.map_or(finding.severity == Severity::Warning, |level| level < Level::Deny) {
            continue;
        }
        if told.as_ref().is_some_and(|told| told.says_the_same(&finding)) {
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
        // `1_000` is a text that nobody wants.
        if let Some(source) = spot.source() {
            finding.quote(&source.replace('_', ""));
        }
        let help =
            placeholder(spot).or_else(|| finding.help.clone().map(|help| respelt(help, spot)));
        let note = finding.related.as_ref().map(|(node, what)| {
            let line = lower.spots[node.index()].start.start().line;
            format!("{} in line {line}", what.strip_suffix(" here").unwrap_or(what))
        });
        let level_note = level.and_then(|level| level_note(lower, &paths, level, &finding));
        let error = lower.errors.push(spot, finding.message.clone());
        if let Some(help) = help {
            error.help(help);
        }
        if let Some(note) = note {
            error.note(note);
        }
        if let Some(note) = level_note {
            error.note(note);
        }
        told = Some(finding);
    }
}

/// What can be done about a lint's level.
fn level_note(lower: &Lower, paths: &Paths<'_>, level: Level, finding: &Finding) -> Option<String> {
    let rule = finding.rule;
    match (level, waived_in_line(lower, paths, finding)) {
        (Level::Deny, _) => {
            Some(format!("where it is right, write `#[allow({rule}, reason = \"…\")]` above it"))
        }
        (Level::Forbid, None) => Some(format!("`{rule}` is forbidden, and can't be waived")),
        (Level::Forbid, Some(line)) => Some(format!(
            "`{rule}` is forbidden, and can't be waived: remove the waiver in line {line} too"
        )),
        (Level::Allow | Level::Warn, _) => None,
    }
}

/// The line of the nearest waiver around a finding.
fn waived_in_line(lower: &Lower, paths: &Paths<'_>, finding: &Finding) -> Option<usize> {
    paths.around(finding.node).find_map(|node| {
        let waivers = &lower.marks[node.index()].waivers;
        let mut of_node = lower.waivers.get(&node)?.iter();
        let (_, spot) = of_node.find(|(index, _)| {
            waivers.get(*index).is_some_and(|w| w.rule == finding.rule && w.level == Level::Allow)
        })?;
        Some(spot.start.start().line)
    })
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

/// What a lint weighs where it is found; `None` for a rule of the API server. A level covers its node
/// and all below; the nearest counts.
fn level_of(
    lower: &mut Lower,
    paths: &Paths<'_>,
    levels: &Levels,
    finding: &Finding,
) -> Option<Level> {
    finding.level?;
    let mut around = Vec::new();
    for node in paths.around(finding.node) {
        let waivers = &mut lower.marks[node.index()].waivers;
        if let Some(waiver) = waivers.iter_mut().find(|waiver| waiver.rule == finding.rule) {
            // What stands further out is covered by it.
            waiver.used |= around.is_empty();
            around.push(waiver.level);
        } else if waivers.iter().any(|waiver| waiver.means(finding.rule)) {
            // It is told that there is no such lint, and one mistake is one error.
            around.push(Level::Allow);
        }
    }
    Some(levels.get(finding.rule).within(around.into_iter()))
}

/// The levels that the author gives to lints: of lints that there are, and that may have them; and
/// a waiver waives something, unless something below it isn't known yet.
fn check_levels(lower: &mut Lower, declaration: &Declaration, levels: &Levels) {
    let fragment = declaration.declared.facts.is_none();
    let Lower { tree, marks, waivers, errors, .. } = lower;
    let mut wrong = Vec::new();
    // One above `spec` or `pod` covers each of its fields, and of these one is enough.
    let mut settled = Vec::new();
    let all = waivers.iter().flat_map(|(node, list)| list.iter().map(move |at| (*node, at)));
    for (node, (index, spot)) in all {
        let Some(waiver) = marks[node.index()].waivers.get(*index) else { continue };
        let rule = waiver.rule.as_str();
        // Only the application knows the lints of a team.
        if rule.contains("::") {
            continue;
        }
        let problem = match lints::find(rule) {
            None => Some(no_level(rule)),
            // What breaks a lint that is forbidden is told where it stands.
            Some(_) if waiver.used => None,
            Some(_) if levels.get(rule) == Level::Forbid && waiver.level < Level::Forbid => {
                let message = format!("`{rule}` is forbidden for the whole crate");
                Some((message, "remove the attribute, or `forbid` in Cargo.toml".to_owned()))
            }
            // What a container lacks may be its pod's, and what an object refers to is another's.
            Some(known) if fragment || known.is_late() || tree.has_unknown(node) => None,
            Some(_) if waiver.level == Level::Allow => {
                let message = format!("this waiver of `{rule}` waives nothing");
                Some((message, "remove it, or move it above what breaks the lint".to_owned()))
            }
            Some(_) => None,
        };
        let written = (spot.start.start(), rule);
        match problem {
            Some(problem) => wrong.push((*spot, written, problem)),
            None => settled.push(written),
        }
    }
    for (spot, written, (message, help)) in wrong {
        if !settled.contains(&written) {
            settled.push(written);
            errors.push(spot, message).help(help);
        }
    }
}

/// What to say of a level for what is no lint.
fn no_level(name: &str) -> (String, String) {
    if reactbin_check::rules::find(name).is_some() {
        let message = format!("`{name}` can't be waived: the API server refuses what breaks it");
        return (message, "remove the attribute".to_owned());
    }
    let refusal = lints::level::no_lint(name);
    (refusal.message, refusal.help)
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
