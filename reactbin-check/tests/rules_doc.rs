//! `docs/rules.md` says what the rule table says. `REACTBIN_BLESS=1` writes it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may fail loudly")]

mod common;

use std::fmt::Write as _;

use reactbin_check::Severity;
use reactbin_check::facts::KUBERNETES;
use reactbin_check::rules::{self, Rule};

#[test]
fn the_page_of_the_rules_is_that_of_the_table() {
    common::page("rules.md", "rules_doc", &print_page());
}

fn print_page() -> String {
    let mut page = format!(
        "# The rules\n\n\
         Generated from the rule table in `reactbin-check/src/rules` by \
         `REACTBIN_BLESS=1 cargo test -p reactbin-check --test rules_doc`. Do not edit.\n\n\
         What the API server of Kubernetes {KUBERNETES} refuses, and what it accepts and what then \
         goes wrong. *Waivable* rules are of the second sort: the server takes the object, and a \
         declaration can take it too, with a reason. A *warning* never fails a build. Formats, ranges \
         and closed sets of single fields are data rather than rules; they are reported under the \
         rules of [every kind](#every-kind). What can't be known offline is in \
         [offline.md](offline.md).\n\n"
    );
    let mut groups: Vec<(&str, &str, Vec<&Rule>)> = rules::GROUPS
        .iter()
        .map(|group| (group.title, group.about, sorted(group.rules().collect())))
        .collect();
    let images = "What a container and the Dockerfile of its image have to agree on, where `image!` \
                  declares it.";
    groups.push(("Images", images, sorted(rules::image::RULES.iter().collect())));
    for (name, _, rules) in &groups {
        let anchor = name.to_lowercase().replace(' ', "-").replace(',', "");
        writeln!(page, "- [{name}](#{anchor}): {} rules", rules.len()).unwrap();
    }
    for (name, about, rules) in groups {
        write!(page, "\n## {name}\n\n{about}\n").unwrap();
        for rule in rules {
            print_rule(&mut page, rule);
        }
    }
    page
}

fn sorted(mut rules: Vec<&'static Rule>) -> Vec<&'static Rule> {
    rules.sort_by_key(|rule| rule.id);
    rules
}

fn print_rule(page: &mut String, rule: &Rule) {
    let kind = match (rule.severity, rule.waivable) {
        (Severity::Warning, _) => "Warning.",
        (Severity::Error, true) => "Waivable.",
        (Severity::Error, false) => "Refused by the server.",
    };
    write!(page, "\n### `{}`\n\n{} *{kind}*\n\nSource: {}.\n", rule.id, rule.what, rule.source)
        .unwrap();
    if rule.is_of_objects() {
        common::print_examples(page, rule);
    }
}
