//! The rule table, by its own examples: each rule's bad object breaks that rule and no other, and
//! its good object breaks none.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may fail loudly")]

mod common;

use reactbin_check::rules;
use reactbin_check::{Finding, Naming, Options, Severity, check_object};

/// What is found in an example of a rule, which needn't please any lint.
fn findings(of: &rules::Rule, yaml: &str) -> Vec<(&'static str, String)> {
    let (tree, root) = common::from_yaml(yaml);
    check_object(&tree, root, &Options::new(Naming::Camel))
        .into_iter()
        .filter(|finding| finding.rule == of.id || is_error(finding))
        .map(|finding| {
            (finding.rule, format!("{}: {} ({:?})", finding.path, finding.message, finding.help))
        })
        .collect()
}

fn is_error(finding: &Finding) -> bool {
    finding.severity == Severity::Error && finding.level.is_none()
}

#[test]
fn a_bad_example_breaks_its_rule_and_no_other() {
    for rule in rules::all() {
        let found = findings(rule, rule.bad);
        assert!(!found.is_empty(), "{}: nothing found in {}", rule.id, rule.bad);
        for (id, message) in &found {
            assert_eq!(*id, rule.id, "{message}\nin {}", rule.bad);
        }
    }
}

#[test]
fn a_good_example_breaks_nothing() {
    for rule in rules::all() {
        assert_eq!(findings(rule, rule.good), [], "{}: {}", rule.id, rule.good);
    }
}

#[test]
fn ids_are_snake_case_and_unique_and_rules_are_documented() {
    let mut ids: Vec<&str> = rules::known().map(|rule| rule.id).collect();
    ids.sort_unstable();
    for pair in ids.windows(2) {
        assert_ne!(pair[0], pair[1], "two rules of one id");
    }
    for rule in rules::known() {
        assert!(
            rule.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_'),
            "{}",
            rule.id
        );
        assert!(rule.what.ends_with('.'), "{}: `what` is a sentence", rule.id);
        assert!(!rule.source.is_empty(), "{}: no source", rule.id);
    }
}

#[test]
fn every_rule_looks_at_a_type_that_exists() {
    for rule in rules::known() {
        for ty in rule.on.split(' ').filter(|ty| !ty.is_empty()) {
            assert!(reactbin_check::facts::type_def(ty).is_some(), "{}: no type {ty}", rule.id);
        }
    }
}

#[test]
fn messages_follow_the_conventions() {
    for rule in rules::all() {
        let (tree, root) = common::from_yaml(rule.bad);
        for finding in check_object(&tree, root, &Options::new(Naming::Camel)) {
            let starts_low = !finding.message.starts_with(|c: char| c.is_uppercase());
            assert!(starts_low, "{}: {}", rule.id, finding.message);
            assert!(!finding.message.ends_with('.'), "{}: {}", rule.id, finding.message);
            for help in finding.help.iter() {
                assert!(
                    !help.ends_with('.') && !help.starts_with(|c: char| c.is_uppercase()),
                    "{}: {help}",
                    rule.id
                );
            }
            let related = finding.related.map(|(_, what)| what);
            assert!(related.is_none_or(|what| what.ends_with(" here")), "{}", rule.id);
        }
    }
}
