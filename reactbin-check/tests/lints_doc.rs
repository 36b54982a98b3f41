//! `docs/lints.md` says what the table of lints says. `REACTBIN_BLESS=1` writes it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may fail loudly")]

mod common;

use std::fmt::Write as _;

use reactbin_check::lints::kube_linter::{COVERED_BY_RULES, LEFT_OUT};
use reactbin_check::lints::{self, Check, Family, Known, LINTS};
use reactbin_check::{Level, rules};

#[test]
fn the_page_of_the_lints_is_that_of_the_table() {
    common::page("lints.md", "lints_doc", &print_page());
}

fn print_page() -> String {
    let mut page = "# The lints\n\n\
         Generated from the tables in `reactbin-check/src/lints` by \
         `REACTBIN_BLESS=1 cargo test -p reactbin-check --test lints_doc`. Do not edit.\n\n\
         What the API server accepts and a policy doesn't, or what goes wrong then. Each has a level: \
         one that is *allowed* isn't reported until somebody raises it. A level is set for a lint, for \
         a family by its name in code, for `kube_linter`, which is what kube-linter has on by default, \
         and for `all`. [Where each check of kube-linter is](#kube-linter) stands at the end.\n\n"
        .to_owned();
    for family in Family::ALL {
        let count = of(family).count();
        writeln!(page, "- [{0}](#{0}): {count} lints", family.name()).unwrap();
    }
    for family in Family::ALL {
        write!(page, "\n## {}\n\n{}\n", family.name(), family.about()).unwrap();
        for known in of(family) {
            print_lint(&mut page, known);
        }
    }
    print_checks(&mut page);
    page
}

/// The lints of a family, those among the rules left to the page of the rules.
fn of(family: Family) -> impl Iterator<Item = &'static Known> {
    lints::all().iter().filter(move |known| known.family == family)
}

fn print_lint(page: &mut String, known: &Known) {
    let rule = known.rule;
    let level = match known.level {
        Level::Allow => "Allowed by default.",
        Level::Warn => "Warns by default.",
        Level::Deny => "Denied by default.",
        Level::Forbid => "Forbidden by default.",
    };
    write!(page, "\n### `{}`\n\n{} *{level}*\n", rule.id, rule.what).unwrap();
    if rules::find(rule.id).is_some() {
        writeln!(page, "\nIt stands among [the rules](rules.md#{}).", rule.id).unwrap();
        return;
    }
    write!(page, "\n{}\n\nSource: {}.\n", known.why, rule.source).unwrap();
    common::print_examples(page, rule);
}

fn print_checks(page: &mut String) {
    page.push_str("\n## kube-linter\n\n| check | by default | here |\n|---|---|---|\n");
    let of_lints = LINTS.iter().flat_map(|lint| {
        let link = format!("[`{0}`](#{0})", lint.rule.id);
        lint.kube_linter.iter().map(move |check| (*check, link.clone()))
    });
    let of_rules = COVERED_BY_RULES.iter().map(|covered| {
        let rules = covered.rules.iter().map(|id| format!("[`{id}`](rules.md#{id})"));
        (covered.check, format!("{}. {}", rules.collect::<Vec<_>>().join(", "), covered.note))
    });
    let left_out = LEFT_OUT.iter().map(|(check, why)| (*check, format!("left out: {why}")));
    let mut rows: Vec<(Check, String)> = of_lints.chain(of_rules).chain(left_out).collect();
    rows.sort_by_key(|(check, _)| check.name);
    for (Check { name, default }, here) in rows {
        writeln!(page, "| {name} | {} | {here} |", if default { "on" } else { "off" }).unwrap();
    }
}
