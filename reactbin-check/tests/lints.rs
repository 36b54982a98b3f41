//! The table of lints, by its own examples: each lint's bad object breaks it, its good object
//! doesn't, and what isn't known yet leads to no finding.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may fail loudly")]

mod common;

use common::{documents, findings_across, values, without};
use reactbin_check::check::kind_of;
use reactbin_check::facts::type_def;
use reactbin_check::lints::{self, ANY_KIND, Family, LINTS, Lint, level};
use reactbin_check::{
    Finding, Level, Levels, Naming, NodeId, Options, Severity, Tree, check_object,
};

/// What this lint alone, denied, finds in the objects of a stream, each by itself and all together.
fn findings(lint: &Lint, objects: &[(Tree, NodeId)], naming: Naming) -> Vec<Finding> {
    let mut levels = Levels::of_all(Level::Allow);
    levels.set(lint.rule.id, Level::Deny).unwrap();
    let options = Options { levels: &levels, ..Options::new(naming) };
    let alone = objects.iter().flat_map(|(tree, root)| check_object(tree, *root, &options));
    let alone = alone.filter(|finding| finding.level.is_some());
    alone.chain(findings_across(objects, &options).into_iter().flatten()).collect()
}

#[test]
fn a_bad_example_breaks_its_lint_and_is_accepted_by_the_server() {
    for lint in LINTS {
        let objects = documents(lint.rule.bad);
        let found = findings(lint, &objects, Naming::Camel);
        assert!(!found.is_empty(), "{}: nothing found in {}", lint.rule.id, lint.rule.bad);
        assert!(found.iter().all(|finding| finding.rule == lint.rule.id));
        assert!(found.iter().all(|finding| finding.severity == Severity::Error));
        // Nothing can be said of a kind that the facts don't have.
        let known = objects.iter().filter(|(tree, root)| kind_of(tree, *root).is_some());
        let refused: Vec<Finding> = known
            .flat_map(|(tree, root)| check_object(tree, *root, &server()))
            .filter(|finding| finding.severity == Severity::Error)
            // What looks at objects of whatever kind may be about one that no server has.
            .filter(|finding| finding.rule != "unknown_kind" || lint.rule.on != ANY_KIND)
            .collect();
        assert!(refused.is_empty(), "{}: {refused:?}", lint.rule.id);
    }
}

/// The API server's rules only.
fn server() -> Options<'static> {
    Options { levels: Levels::none(), ..Options::new(Naming::Camel) }
}

#[test]
fn a_good_example_breaks_nothing_of_its_lint() {
    for lint in LINTS {
        let found = findings(lint, &documents(lint.rule.good), Naming::Camel);
        assert!(found.is_empty(), "{}: {found:?} in {}", lint.rule.id, lint.rule.good);
    }
}

#[test]
fn a_lint_that_is_allowed_finds_nothing() {
    for lint in LINTS {
        let objects = documents(lint.rule.bad);
        let alone = objects.iter().flat_map(|(tree, root)| check_object(tree, *root, &server()));
        let found: Vec<Finding> =
            alone.chain(findings_across(&objects, &server()).into_iter().flatten()).collect();
        assert!(found.iter().all(|finding| finding.rule != lint.rule.id), "{}", lint.rule.id);
    }
}

#[test]
fn an_unknown_value_in_a_good_object_leads_to_no_finding() {
    for lint in LINTS {
        let objects = documents(lint.rule.good);
        for (place, (tree, root)) in objects.iter().enumerate() {
            for id in values(tree, *root) {
                let is_kind =
                    ["apiVersion", "kind"].iter().any(|key| tree.at(*root, &[key]) == Some(id));
                if is_kind {
                    continue;
                }
                let mut copy = Tree::new();
                let copied = without(tree, *root, id, &mut copy);
                let mut changed = objects.clone();
                changed[place] = (copy, copied);
                let found = findings(lint, &changed, Naming::Snake);
                assert!(
                    found.is_empty(),
                    "{}: {:?} is unknown in {}: {found:?}",
                    lint.rule.id,
                    tree.get(id),
                    lint.rule.good
                );
            }
        }
    }
}

#[test]
fn lints_are_sorted_named_and_documented() {
    let ids: Vec<&str> = LINTS.iter().map(|lint| lint.rule.id).collect();
    assert!(ids.is_sorted(), "{ids:?}");
    for pair in lints::all().windows(2) {
        assert_ne!(pair[0].rule.id, pair[1].rule.id, "two lints of one name");
    }
    let groups: Vec<&str> = level::groups().collect();
    for lint in LINTS {
        let Lint { rule, why, .. } = lint;
        let snake = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        assert!(rule.id.bytes().all(snake), "{}", rule.id);
        assert!(!groups.contains(&rule.id), "{} is a group", rule.id);
        assert!(rule.waivable, "{}", rule.id);
        assert!(rule.what.ends_with('.') && !rule.source.is_empty(), "{}", rule.id);
        assert!(why.ends_with('.'), "{}: `why` is a sentence", rule.id);
        for ty in rule.on.split(' ').filter(|ty| !ty.is_empty() && *ty != ANY_KIND) {
            assert!(type_def(ty).is_some(), "{}: no type {ty}", rule.id);
        }
    }
}

#[test]
fn families_are_all_in_use() {
    for family in Family::ALL {
        let used = lints::all().iter().any(|known| known.family == family);
        assert!(used, "no lint is of family {}", family.name());
    }
}

#[test]
fn messages_follow_the_conventions() {
    for lint in LINTS {
        for finding in findings(lint, &documents(lint.rule.bad), Naming::Camel) {
            let texts = finding.help.iter().chain([&finding.message]);
            for text in texts {
                assert!(!text.starts_with(|c: char| c.is_uppercase()), "{}: {text}", lint.rule.id);
                assert!(!text.ends_with('.'), "{}: {text}", lint.rule.id);
            }
            assert!(finding.help.is_some(), "{}: no help", lint.rule.id);
            let related = finding.related.map(|(_, what)| what);
            assert!(related.is_none_or(|what| what.ends_with(" here")), "{}", lint.rule.id);
        }
    }
}

/// What a waiver of `run_as_root` is for is found, whatever another lint denies there.
#[test]
fn a_lint_that_is_spoken_of_says_all_that_it_finds() {
    for context in ["runAsUser: 0", "runAsNonRoot: false"] {
        let text = format!(
            "{{apiVersion: v1, kind: Pod, metadata: {{name: a}}, spec: {{containers: \
             [{{name: a, image: i, securityContext: {{{context}}}}}]}}}}"
        );
        let found = |levels: &Levels| -> Vec<&'static str> {
            let options = Options { levels, ..Options::new(Naming::Camel) };
            let objects = documents(&text);
            let found = objects.iter().flat_map(|(tree, root)| check_object(tree, *root, &options));
            found.map(|finding| finding.rule).collect()
        };
        let mut levels = Levels::of_all(Level::Allow);
        levels.set("may_run_as_root", Level::Deny).unwrap();
        for general in [Level::Allow, Level::Warn, Level::Deny] {
            levels.set("run_as_root", general).unwrap();
            let mut woken = levels.clone();
            woken.wake("run_as_root");
            let mut both = found(&woken);
            both.sort_unstable();
            assert_eq!(both, ["may_run_as_root", "run_as_root"], "{context}, {general:?}");
        }
        // Where nothing speaks of it, a warning about what is denied is one too many.
        levels.set("run_as_root", Level::Warn).unwrap();
        assert_eq!(found(&levels), ["may_run_as_root"]);
        // Nor does a waived lint keep another from warning.
        let mut levels = Levels::of_all(Level::Allow);
        levels.set("may_run_as_root", Level::Warn).unwrap();
        levels.wake("run_as_root");
        assert_eq!(found(&levels).len(), 2);
    }
}
