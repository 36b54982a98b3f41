//! `docs/lints.md` says what the tables of lints and of the Pod Security Standards say.
//! `REACTBIN_BLESS=1` writes it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may fail loudly")]

mod common;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use reactbin_check::lints::kube_linter::{COVERED_BY_RULES, LEFT_OUT};
use reactbin_check::lints::{self, Check, Family, Known};
use reactbin_check::pod_security::{self, Standard};

#[test]
fn the_page_of_the_lints_is_that_of_the_tables() {
    common::page("lints.md", "lints_doc", &print_page());
}

const HEAD: &str = "\
# The lints

Generated from the tables in `reactbin-check/src/lints` and `reactbin-check/src/pod_security` by \
`REACTBIN_BLESS=1 cargo test -p reactbin-check --test lints_doc`. Do not edit.

A lint is about what the API server accepts and a team may not want. Each is named after the bad \
pattern and has a level: `allow` isn't reported, `warn` is a warning of `cargo build`, `deny` is an \
error at the token, and `forbid` is one that nothing waives. What the API server refuses is in \
[rules.md](rules.md). `cargo run -- explain LINT` shows on the terminal what stands here.

Levels are set in the Cargo.toml of the crate that declares the manifests, and for all crates of a \
workspace in that of the workspace; they count at the next `cargo build`:

```toml
[package.metadata.reactbin.lints]     # or [workspace.metadata.reactbin.lints]
latest_tag = \"deny\"
reliability = \"warn\"                  # a family: all its lints that have no line of their own
```

";

fn print_page() -> String {
    let mut page = HEAD.to_owned();
    page.push_str(
        "The groups are `all`, `kube_linter` (what stands for the checks that kube-linter has on by \
         default), and the families:\n\n",
    );
    for family in Family::ALL {
        let count = of(family).count();
        writeln!(page, "- [`{0}`](#{0}): {1} {count} lints.", family.name(), family.about())
            .unwrap();
    }
    page.push_str(
        "\nA waiver stands above what it covers, a field, a container or a whole declaration, and \
         says why: `#[allow(latest_tag, reason = \"…\")]`. In the same place, `#[warn(…)]`, \
         `#[deny(…)]` and `#[forbid(…)]` give a lint another level.\n",
    );
    page.push_str(
        "\n`check` holds YAML that comes from elsewhere to the same lints, but for two things. YAML has \
         no waivers, so that what is denied by default, and not in Cargo.toml, is a warning there, and \
         `-D LINT` makes it an error. And a lint that looks *across objects* has to wait for all files, so that only \
         `--policy across`, `all`, `kube-linter` or `-W LINT` runs it; `cargo build` always does.\n",
    );
    for family in Family::ALL {
        write!(page, "\n## {}\n\n{}\n", family.name(), family.about()).unwrap();
        for known in of(family) {
            print_lint(&mut page, known);
        }
    }
    print_standards(&mut page);
    print_kube_linter(&mut page);
    page
}

fn of(family: Family) -> impl Iterator<Item = &'static Known> {
    lints::all().iter().filter(move |known| known.family == family)
}

fn print_lint(page: &mut String, known: &Known) {
    let Known { rule, level, why, kube_linter, .. } = known;
    let why = if why.is_empty() { String::new() } else { format!(" {why}") };
    let across = if known.is_across() { ", across objects" } else { "" };
    let (id, what, level) = (rule.id, rule.what, level.name());
    write!(page, "\n### `{id}`\n\n{what}{why} *{level} by default{across}.*\n").unwrap();
    write!(page, "\nSource: {}.", rule.source).unwrap();
    let checks: Vec<String> = kube_linter.iter().map(|check| format!("`{}`", check.name)).collect();
    if !(checks.is_empty() || rule.source.contains("kube-linter")) {
        write!(page, " kube-linter: {}.", checks.join(", ")).unwrap();
    }
    page.push('\n');
    common::print_examples(page, rule);
}

fn print_standards(page: &mut String) {
    page.push_str(
        "\n## Pod Security Standards\n\n\
         `pod_security: baseline` or `restricted`, in `app!` for all its pods or in `namespace!` for \
         those of that namespace, makes an error of what the standard refuses: where the cluster's \
         admission would refuse the pod, and with the check's own name. It can't be waived. \
         `{ enforce: baseline, warn: restricted, version: \"1.37\", labels: true }` warns of the \
         stricter standard too, takes the standards of another version, and writes the labels \
         `pod-security.kubernetes.io/*` of the namespace. `reactbin check --policy baseline` does \
         the same to YAML. `restricted` runs the checks of `baseline` too, but for those that its own \
         stand in for.\n\n\
         | check | standard | demands | in place of |\n|---|---|---|---|\n",
    );
    for check in pod_security::CHECKS {
        let standard = match check.standard {
            Standard::Restricted => "restricted",
            _ => "baseline",
        };
        let overrides: Vec<String> = check.overrides.iter().map(|id| format!("`{id}`")).collect();
        writeln!(
            page,
            "| `{}` | {standard} | {} | {} |",
            check.rule.id,
            check.rule.what,
            overrides.join(", ")
        )
        .unwrap();
    }
}

/// Every check of kube-linter, and what there is here for it.
fn print_kube_linter(page: &mut String) {
    let mut rows: BTreeMap<&str, (Check, String)> = BTreeMap::new();
    for known in lints::all() {
        for check in known.kube_linter {
            let id = known.rule.id;
            rows.insert(check.name, (*check, format!("[`{id}`](#{id}) ({})", known.level.name())));
        }
    }
    for covered in COVERED_BY_RULES {
        let ids: Vec<String> =
            covered.rules.iter().map(|id| format!("[`{id}`](rules.md#{id})")).collect();
        let text = format!("always: {}. {}", ids.join(", "), covered.note);
        rows.insert(covered.check.name, (covered.check, text));
    }
    for (check, why) in LEFT_OUT {
        rows.insert(check.name, (*check, format!("left out: {why}")));
    }
    let on = rows.values().filter(|(check, _)| check.default).count();
    assert_eq!((rows.len(), on), (63, 31), "kube-linter has 63 checks, 31 of them on by default");
    page.push_str(
        "\n## For those who know kube-linter\n\n\
         What stands here for each of its checks, with its level by default. `#[allow(…)]` stands \
         for the annotation `ignore-check.kube-linter.io/…`, and leaves nothing in the cluster. \
         `reactbin check --policy kube-linter` runs the checks that kube-linter has on by \
         default.\n\n\
         | check | on by default there | here |\n|---|---|---|\n",
    );
    for (name, (check, here)) in rows {
        let on = if check.default { "yes" } else { "" };
        writeln!(page, "| `{name}` | {on} | {here} |").unwrap();
    }
}
