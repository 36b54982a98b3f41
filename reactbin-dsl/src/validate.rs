//! What only the whole application can tell: the engine over complete objects, references that
//! cross namespaces, objects that are declared twice, and waivers that waive nothing.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use reactbin_check::check::check_kind;
use reactbin_check::lints::across::{Index, survey};
use reactbin_check::tree::Paths;
use reactbin_check::wire::Position;
use reactbin_check::{At, Finding, Level, Naming, NodeId, Options, Severity, check_object};

use crate::across;
use crate::app::{App, OwnLevel, Placed};
use crate::assemble::{Object, Place, PlacedWaiver};
use crate::declaration::{APPS, AppMark};
use crate::image::{self, check::Source};
use crate::lint::{Findings, Subject};
use crate::pod_security::Standards;
use crate::policy::{self, Mistake, Policy};
use crate::report::{self, Diagnostic, Place as ReportPlace};

/// Checks an application: what is wrong, and what to warn of.
pub(crate) fn check(app: &App, placed: &[Placed]) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    let mut all = Vec::new();
    let policy = app.policy();
    all.extend(policy.mistakes.iter().map(|mistake| mistaken(app, mistake)));
    let mut used: Vec<Vec<bool>> =
        placed.iter().map(|placed| vec![false; placed.object.waivers.len()]).collect();
    for (Placed { object, .. }, used) in placed.iter().zip(&mut used) {
        check_one(app, &policy, object, used, &mut all);
    }
    check_across(app, &policy, placed, &mut used, &mut all);
    check_levels(app, &policy, placed, &used, &mut all);
    check_pod_security(app, placed, &mut all);
    check_duplicates(app, placed, &mut all);
    check_namespaces(app, placed, &mut all);
    let homes = across::homes(placed);
    check_references(app, placed, &homes, &mut all);
    check_missing(app, placed, &homes, &mut all);
    check_parameters(app, &mut all);
    check_apps(app, &mut all);
    let mut errors = Vec::new();
    let mut warnings = Vec::new();
    for diagnostic in all {
        match diagnostic.level {
            report::Level::Error => errors.push(diagnostic),
            report::Level::Warning => warnings.push(diagnostic),
        }
    }
    // What is refused needn't be warned of.
    warnings.retain(|warning| {
        warning.place.is_none() || errors.iter().all(|error| error.place != warning.place)
    });
    // As cargo and rustc tell them: in the order of the source.
    errors.sort_by(by_place);
    warnings.sort_by(by_place);
    (errors, warnings)
}

/// By file, line and column; what stands nowhere comes last.
fn by_place(a: &Diagnostic, b: &Diagnostic) -> Ordering {
    match (&a.place, &b.place) {
        (Some(a), Some(b)) => {
            let (x, y) = (a.position, b.position);
            a.file.cmp(&b.file).then((x.line, x.column).cmp(&(y.line, y.column)))
        }
        (a, b) => a.is_none().cmp(&b.is_none()),
    }
}

/// What is wrong with a lint of the team, at its line of Cargo.toml, or else at `app!`.
fn mistaken(app: &App, mistake: &Mistake<'_>) -> Diagnostic {
    let Mistake { message, help, line } = mistake;
    let mut wrong = error(app, "unknown_lint", message.clone(), None);
    wrong.help = Some(help.clone());
    wrong.place = match line {
        Some(OwnLevel { name, file, path, line, column, .. }) => {
            let end_column = column + name.chars().count() as u32;
            let position = Position { line: *line, column: *column, end_line: *line, end_column };
            Some(ReportPlace { file: file.into(), absolute: path.into(), position })
        }
        None => {
            let mark = APPS.iter().find(|mark| mark.module == app.module());
            mark.and_then(|mark| point(app, mark.source, mark.line, mark.column))
        }
    };
    wrong
}

fn shown(app: &App, place: Option<Place>) -> Option<ReportPlace> {
    let place = place?;
    Some(ReportPlace {
        file: place.source.into(),
        absolute: app.source_path(place.source),
        position: place.position,
    })
}

fn error(app: &App, rule: &str, message: String, place: Option<Place>) -> Diagnostic {
    Diagnostic {
        level: report::Level::Error,
        rule: rule.to_owned(),
        message,
        place: shown(app, place),
        help: None,
        notes: Vec::new(),
    }
}

fn check_one(
    app: &App,
    policy: &Policy<'_>,
    object: &Object,
    used: &mut [bool],
    all: &mut Vec<Diagnostic>,
) {
    let refused = check_rules(app, policy, object, used, all);
    check_own_lints(app, policy, object, used, all);
    if !refused {
        check_type(app, object, all);
    }
}

/// Runs the engine over an object. Returns whether the API server would refuse it.
fn check_rules(
    app: &App,
    policy: &Policy<'_>,
    object: &Object,
    used: &mut [bool],
    all: &mut Vec<Diagnostic>,
) -> bool {
    let raised;
    let levels = match object.waivers.is_empty() {
        true => &policy.levels,
        false => {
            raised = policy.levels_for(object);
            &raised
        }
    };
    let options = Options { levels, unsettled: &object.unsettled, ..Options::new(Naming::Snake) };
    let check = |tree| match object.kind() {
        Some(kind) => check_kind(tree, object.root, kind, &options),
        None => check_object(tree, object.root, &options),
    };
    let mut findings = match object.placeholders.as_slice() {
        [] => check(&object.tree),
        placeholders => {
            // A placeholder stands for a value that nobody knows yet.
            let mut tree = object.tree.clone();
            for node in placeholders {
                tree.forget(*node);
            }
            check(&tree)
        }
    };
    findings.extend(image::check::findings(object));
    // Most objects have none, and the paths of all nodes aren't free.
    if findings.is_empty() {
        return false;
    }
    let paths = Paths::new(&object.tree, object.root);
    add_findings(app, policy, object, &paths, findings, used, all)
}

/// Adds the findings that aren't waived. Returns whether the API server would refuse the object.
fn add_findings(
    app: &App,
    policy: &Policy<'_>,
    object: &Object,
    paths: &Paths<'_>,
    findings: Vec<Finding>,
    used: &mut [bool],
    all: &mut Vec<Diagnostic>,
) -> bool {
    let mut refused = false;
    for mut finding in findings {
        let mut forbidden = false;
        match finding.level {
            None => refused |= finding.severity == Severity::Error,
            Some(_) => {
                let level = policy.level_at(object, paths, finding.rule, finding.node, used);
                if level == Level::Allow {
                    continue;
                }
                forbidden = level == Level::Forbid;
                finding.severity = level.severity();
            }
        }
        let node = finding.node;
        let mut found = diagnostic(app, object, paths, finding);
        if forbidden {
            found.notes.push(forbidden_note(app, object, paths, &found.rule, node));
        }
        // A value that stands in several places of the object is wrong only once.
        let known = found.place.is_some()
            && all.iter().any(|other| {
                other.place == found.place
                    && other.level == found.level
                    && (other.rule == found.rule || other.message == found.message)
            });
        if !known {
            all.push(found);
        }
    }
    refused
}

/// Runs the lints of the team over an object.
fn check_own_lints(
    app: &App,
    policy: &Policy<'_>,
    object: &Object,
    used: &mut [bool],
    all: &mut Vec<Diagnostic>,
) {
    for (lint, general) in &policy.lints {
        let raised = object.waivers.iter().any(|waiver| waiver.waiver.rule == lint.name);
        if *general == Level::Allow && !raised {
            continue;
        }
        let mut findings = Findings::default();
        (lint.check)(&Subject::new(object), &mut findings);
        if findings.all.is_empty() {
            continue;
        }
        let paths = Paths::new(&object.tree, object.root);
        for found in findings.all {
            let node = found.node(object);
            let level = policy.level_at(object, &paths, lint.name, node, used);
            if level == Level::Allow {
                continue;
            }
            let place = place_of(object, &paths, found.shown(object, &paths));
            let mut broken = error(app, lint.name, found.message, place);
            broken.level = report_level(level.severity());
            broken.help = found.help;
            broken.notes.push((subject(object, &found.path), None));
            if level == Level::Forbid {
                broken.notes.push(forbidden_note(app, object, &paths, lint.name, node));
            }
            all.push(broken);
        }
    }
}

/// That no waiver helps, with the one that there is.
fn forbidden_note(
    app: &App,
    object: &Object,
    paths: &Paths<'_>,
    lint: &str,
    node: NodeId,
) -> (String, Option<ReportPlace>) {
    let note = format!("`{lint}` is forbidden, and can't be waived");
    match Policy::waiver_around(object, paths, lint, node) {
        Some(waiver) => {
            (format!("{note}: remove this waiver too"), shown(app, policy::place_of(waiver)))
        }
        None => (note, None),
    }
}

/// Runs the lints that look across objects.
fn check_across(
    app: &App,
    policy: &Policy<'_>,
    placed: &[Placed],
    used: &mut [Vec<bool>],
    all: &mut Vec<Diagnostic>,
) {
    let mut levels = policy.levels.clone();
    for waiver in placed.iter().flat_map(|placed| &placed.object.waivers) {
        levels.wake(&waiver.waiver.rule);
    }
    if !levels.any_across() {
        return;
    }
    let mut index = Index::default();
    let mut questions = Vec::new();
    for (Placed { object, .. }, used) in placed.iter().zip(used) {
        // What a placeholder stands for nobody knows yet, and what is made elsewhere isn't here.
        let unsettled = &[&object.unsettled[..], &object.placeholders, &object.externals].concat();
        let options = Options { levels: &levels, unsettled, ..Options::new(Naming::Snake) };
        let survey = survey(&object.tree, object.root, &options);
        index.add(survey.facts);
        if !survey.questions.is_empty() {
            questions.push((object, used, survey.questions));
        }
    }
    for (object, used, questions) in questions {
        let confirmed: Vec<Finding> = questions
            .into_iter()
            .filter(|question| index.confirms(question))
            .map(|question| question.finding())
            .collect();
        if !confirmed.is_empty() {
            let paths = Paths::new(&object.tree, object.root);
            add_findings(app, policy, object, &paths, confirmed, used, all);
        }
    }
}

/// A waiver that waives nothing is left over from a mistake that was mended, and a level is given to
/// a lint that there is.
fn check_levels(
    app: &App,
    policy: &Policy<'_>,
    placed: &[Placed],
    used: &[Vec<bool>],
    all: &mut Vec<Diagnostic>,
) {
    let waivers = || {
        let of_objects = placed.iter().zip(used);
        of_objects.flat_map(|(Placed { object, .. }, used)| {
            object.waivers.iter().zip(used).map(move |(waiver, used)| (object, waiver, *used))
        })
    };
    // A container stands in several pods, and what stands above a level covers each of its fields: one
    // use is enough.
    let of_use = waivers().filter(|(_, waiver, used)| *used || waiver.waiver.used);
    let settled: BTreeSet<Written<'_>> =
        of_use.filter_map(|(_, waiver, _)| written(waiver)).collect();
    for (object, waiver, used) in waivers() {
        let is_settled = written(waiver).is_some_and(|written| settled.contains(&written));
        let Some((message, help)) = policy.problem(waiver, used || is_settled) else { continue };
        let place = policy::place_of(waiver);
        let rule = if message.contains("waives nothing") { "unused_waiver" } else { "lint_level" };
        let mut wrong = error(app, rule, message, place.or(object.place()));
        wrong.help = Some(help);
        if !all.contains(&wrong) {
            all.push(wrong);
        }
    }
}

/// A level as its author wrote it: the file, the line, the column and the lint.
type Written<'a> = (&'a str, u32, u32, &'a str);

fn written(waiver: &PlacedWaiver) -> Option<Written<'_>> {
    let position = waiver.waiver.position?;
    Some((waiver.source, position.line, position.column, &waiver.waiver.rule))
}

/// What breaks the Pod Security Standard that a namespace keeps.
fn check_pod_security(app: &App, placed: &[Placed], all: &mut Vec<Diagnostic>) {
    let standards = Standards::of(app, placed);
    for Placed { object, .. } in placed {
        let findings = standards.check(object);
        if findings.is_empty() {
            continue;
        }
        let paths = Paths::new(&object.tree, object.root);
        for (finding, standard, namespace) in findings {
            let mut broken = diagnostic(app, object, &paths, finding);
            let (who, place) = match namespace {
                Some(namespace) => (format!("namespace `{}`", namespace.name()), namespace.place()),
                None => ("the application".to_owned(), None),
            };
            let keeps = format!("{who} keeps the standard `{}`", standard.name());
            broken.notes.push((keeps, shown(app, place)));
            all.push(broken);
        }
    }
}

/// The object as the k8s-openapi type of its kind: nothing may be refused or lost.
fn check_type(app: &App, object: &Object, all: &mut Vec<Diagnostic>) {
    let version = object.tree.at(object.root, &["apiVersion"]).map(|id| object.tree.str(id));
    let kind = object.kind_name();
    let typed =
        reactbin_typed::check_type(version.unwrap_or_default(), kind, &object.tree, object.root);
    let Err(refusal) = typed else { return };
    let problem = match refusal.node {
        Some(node) => format!(
            "its k8s-openapi type has no `{}`",
            Paths::new(&object.tree, object.root).path(node)
        ),
        None => format!("its k8s-openapi type refuses it: {refusal}"),
    };
    let message = format!("{kind} `{}` can't be written: {problem}", object.name());
    all.push(error(app, "typed_object", message, object.place()));
}

/// Where a node was written, or the nearest around it that was.
fn place_of(object: &Object, paths: &Paths<'_>, node: NodeId) -> Option<Place> {
    let written = |node: NodeId| object.places.get(node.index()).copied().flatten();
    written(node).or_else(|| paths.around(node).find_map(written)).or(object.place())
}

fn diagnostic(app: &App, object: &Object, paths: &Paths<'_>, finding: Finding) -> Diagnostic {
    let node = match finding.at {
        // A block is named by its key.
        At::Block => paths.key(finding.node).unwrap_or(finding.node),
        _ => finding.node,
    };
    let mut notes = Vec::new();
    if let Some((node, what)) = finding.related {
        notes.push((what, shown(app, place_of(object, paths, node))));
    }
    notes.push((subject(object, &finding.path), None));
    Diagnostic {
        level: report_level(finding.severity),
        rule: finding.rule.to_owned(),
        message: finding.message,
        place: shown(app, place_of(object, paths, node)),
        help: finding.help,
        notes,
    }
}

/// ``Deployment `api`, spec.replicas``.
fn subject(object: &Object, path: &str) -> String {
    format!("{} `{}`, {path}", object.kind_name(), object.name())
}

fn report_level(severity: Severity) -> report::Level {
    match severity {
        Severity::Error => report::Level::Error,
        Severity::Warning => report::Level::Warning,
    }
}

fn check_duplicates(app: &App, placed: &[Placed], all: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<(&str, &str, &str, &str), &Object> = BTreeMap::new();
    for Placed { object, .. } in placed {
        let version = object.tree.at(object.root, &["apiVersion"]).map(|id| object.tree.str(id));
        let group =
            version.and_then(|version| version.split_once('/')).map_or("", |(group, _)| group);
        let key = (group, object.kind_name(), object.namespace(), object.name());
        let Some(first) = seen.insert(key, object) else { continue };
        let message = match object.namespace() {
            "" => format!("{} `{}` is declared twice", object.kind_name(), object.name()),
            namespace => format!(
                "{} `{}` is declared twice in namespace `{namespace}`",
                object.kind_name(),
                object.name(),
            ),
        };
        let mut duplicate = error(app, "duplicate_object", message, object.place());
        duplicate.notes.push(("first declared here".to_owned(), shown(app, first.place())));
        duplicate.help = Some("give one of them another name or another namespace".to_owned());
        all.push(duplicate);
    }
}

/// A namespace that an expression gave must be one that the application knows.
fn check_namespaces(app: &App, placed: &[Placed], all: &mut Vec<Diagnostic>) {
    let declared: Vec<&str> = placed
        .iter()
        .filter(|placed| placed.object.kind_name() == "Namespace")
        .map(|placed| placed.object.name())
        .collect();
    for Placed { object, .. } in placed {
        let Some(kind) = object.kind() else { continue };
        let node = object.tree.at(object.root, &["metadata", "namespace"]);
        match node {
            None if kind.namespaced => {
                let message = format!("{} `{}` is in no namespace", kind.kind, object.name());
                let mut missing = error(app, "missing_namespace", message, object.place());
                missing.help = Some("write `namespace: …` here or in `app!`".to_owned());
                all.push(missing);
            }
            Some(node) if object.computed.contains(&node) || object.declaration.is_none() => {
                let name = object.tree.str(node);
                if declared.contains(&name) || app.external_namespace() == Some(name) {
                    continue;
                }
                let message = format!("namespace `{name}` isn't declared");
                let place = object.places.get(node.index()).copied().flatten();
                let mut unknown =
                    error(app, "unknown_namespace", message, place.or(object.place()));
                unknown.help = Some(format!("declare `namespace! {{ name: \"{name}\" }}`"));
                all.push(unknown);
            }
            _ => {}
        }
    }
}

/// What containers need has to be in the build contexts of their images. Not part of [`check`]: a
/// program that renders may run where there are none.
pub(crate) fn check_sources(app: &App, sources: &[Source]) -> Vec<Diagnostic> {
    let absent = sources.iter().filter(|source| !source.file.exists());
    let tell = |source: &Source| {
        let [message, help] = source.missing.clone();
        let mut missing = error(app, "missing_source", message.unwrap_or_default(), source.place);
        missing.help = help;
        missing
    };
    absent.map(tell).collect()
}

/// A name means an object of the same namespace.
fn check_references(
    app: &App,
    placed: &[Placed],
    homes: &across::Homes<'_>,
    all: &mut Vec<Diagnostic>,
) {
    for Placed { object, .. } in placed {
        for (node, reference) in &object.references {
            let Some(target) = homes.get(&std::ptr::from_ref(reference.declaration())) else {
                continue;
            };
            let (own, other) = (object.namespace(), target.namespace());
            if own.is_empty() || other.is_empty() || own == other {
                continue;
            }
            let message = format!(
                "{} `{}` is in namespace `{other}`, and this {} in `{own}`",
                target.kind_name(),
                target.name(),
                object.kind_name(),
            );
            let place = object.places.get(node.index()).copied().flatten();
            let mut crossing =
                error(app, "reference_across_namespaces", message, place.or(object.place()));
            crossing.notes.push(("declared here".to_owned(), shown(app, target.place())));
            crossing.help =
                Some("a reference by name only reaches objects of its own namespace".to_owned());
            all.push(crossing);
        }
    }
}

fn check_missing(
    app: &App,
    placed: &[Placed],
    homes: &across::Homes<'_>,
    all: &mut Vec<Diagnostic>,
) {
    for missing in across::missing(placed, homes) {
        let place = missing.object.places.get(missing.node.index()).copied().flatten();
        let place = place.or(missing.object.place());
        let mut missed = error(app, "unknown_part", missing.message, place);
        missed.help = Some(missing.help);
        all.push(missed);
    }
}

/// A place of one token's start.
fn point(app: &App, source: &'static str, line: u32, column: u32) -> Option<ReportPlace> {
    let position = Position { line, column, end_line: line, end_column: column + 1 };
    shown(app, (line > 0).then_some(Place { source, position }))
}

/// A value is given by a parameter's name alone, so no two may share it.
fn check_parameters(app: &App, all: &mut Vec<Diagnostic>) {
    for pair in app.parameters().windows(2).filter(|pair| pair[0].name == pair[1].name) {
        let [first, second] = pair else { continue };
        let message = format!("parameter `{}` is declared twice", second.name);
        let mut twice = error(app, "duplicate_parameter", message, None);
        twice.place = point(app, second.source, second.line, second.column);
        let place = point(app, first.source, first.line, first.column);
        twice.notes.push(("first declared here".to_owned(), place));
        twice.help = Some("give one of them another name".to_owned());
        all.push(twice);
    }
}

/// One crate is one application: with two, nobody could say whose an object is.
fn check_apps(app: &App, all: &mut Vec<Diagnostic>) {
    let mut own: Vec<&AppMark> = APPS.iter().filter(|mark| app.owns(mark.module)).collect();
    own.sort_by_key(|mark| (mark.source, mark.line));
    for mark in own.iter().skip(1) {
        let message = "a second `app!` in one crate".to_owned();
        let mut second = error(app, "second_app", message, None);
        second.place = point(app, mark.source, mark.line, mark.column);
        let place = point(app, own[0].source, own[0].line, own[0].column);
        second.notes.push(("the other one is here".to_owned(), place));
        second.help = Some("put each application into a crate of its own".to_owned());
        all.push(second);
    }
}
