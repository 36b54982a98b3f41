//! `explain`: what a lint, a group of lints or a rule is about, on the terminal.
//!
//! Must not know any rule: all it prints stands in the tables.

use std::fmt::Write as _;

use reactbin_check::lints::level::{KUBE_LINTER, NO_WAIVER_OF_A_STANDARD, groups, members};
use reactbin_check::lints::{self, Check, Family, Known};
use reactbin_check::pod_security::CHECKS;
use reactbin_check::rules::{self, Rule};
use reactbin_check::suggest::suggest;
use reactbin_check::{Level, Severity};
use serde::Deserialize;
use serde_yaml::{Deserializer, Value};

use super::table::aligned;
use crate::app::App;
use crate::assemble::Object;
use crate::policy::Policy;
use crate::yaml::write_document;

/// All lints of an application, a line each.
pub(super) fn list(app: &App) -> String {
    let policy = app.policy();
    let known = lints::all().iter().map(|known| {
        let level = policy.levels.get(known.rule.id).name().to_owned();
        let family = known.family.name().to_owned();
        vec![known.rule.id.to_owned(), level, family, known.rule.what.to_owned()]
    });
    let own = policy.lints.iter().map(|(lint, level)| {
        let (name, what) = (lint.name.to_owned(), lint.what.to_owned());
        vec![name, level.name().to_owned(), "own".to_owned(), what]
    });
    aligned(&known.chain(own).collect::<Vec<_>>())
}

/// What is known of a lint, a group of lints or a rule.
///
/// # Errors
/// If there is none of this name.
pub(super) fn explain(app: &App, name: &str, bold: bool) -> Result<String, String> {
    let policy = app.policy();
    if let Some((lint, level)) = policy.lints.iter().find(|(lint, _)| lint.name == name) {
        let mut text = title(name, &format!("lint of this application, {}", level.name()), bold);
        let _ = write!(text, "{}\n\n{}", lint.what, how_to_set(name, *level));
        return Ok(text);
    }
    if let Some(known) = lints::find(name) {
        return Ok(lint(known, policy.levels.get(name), bold));
    }
    if let Some(check) = CHECKS.iter().find(|check| check.rule.id == name) {
        let standard = format!("check of the Pod Security Standard {}", check.standard.name());
        let how = format!("\nIt can't be waived: {NO_WAIVER_OF_A_STANDARD}.\n");
        return Ok(title(name, &standard, bold) + &about(&check.rule) + &how);
    }
    if let Some(members) = members(name) {
        return Ok(group(&policy, name, &members, bold));
    }
    if let Some(rule) = rules::find(name) {
        let kind = match rule.severity {
            Severity::Error => "rule of the API server",
            Severity::Warning => "warning",
        };
        return Ok(title(name, kind, bold) + &about(rule));
    }
    let own = policy.lints.iter().map(|(lint, _)| lint.name);
    let all = lints::all().iter().map(|known| known.rule.id);
    let all = all.chain(rules::all().map(|rule| rule.id)).chain(own);
    let all = all.chain(CHECKS.iter().map(|check| check.rule.id)).chain(groups());
    let help = match suggest(name, all) {
        Some(meant) => format!("use `{meant}`"),
        None => "`explain` without a name lists the lints".to_owned(),
    };
    Err(format!("error: there is no lint, group or rule `{name}`\n  help: {help}\n"))
}

/// What a group of lints is, and its lints with the level that each has by default, and that here.
fn group(policy: &Policy<'_>, name: &str, members: &[&'static str], bold: bool) -> String {
    let what = match Family::ALL.into_iter().find(|family| family.name() == name) {
        Some(family) => family.about(),
        None if name == KUBE_LINTER => {
            "What stands for the checks that kube-linter has on by default."
        }
        None => "Every lint.",
    };
    let known = members.iter().filter_map(|id| lints::find(id));
    let row = |known: &Known| {
        let Known { rule, level: default, .. } = known;
        let level = match policy.levels.get(rule.id) {
            level if level == *default => default.name().to_owned(),
            level => format!("{}, {} here", default.name(), level.name()),
        };
        vec![rule.id.to_owned(), level, rule.what.to_owned()]
    };
    let rows: Vec<Vec<String>> = known.map(row).collect();
    let mut text = title(name, &format!("group of {} lints", rows.len()), bold);
    let _ = write!(
        text,
        "{what} Their levels by default:\n\n{}\nTo change the level of all that have no line of their own, in \
         Cargo.toml:\n\n    [package.metadata.reactbin.lints]\n    {name} = \"warn\"\n",
        aligned(&rows)
    );
    text
}

fn about(rule: &Rule) -> String {
    let mut text = format!("{}\n\nSource: {}.\n\n", rule.what, rule.source);
    examples(rule, &mut text);
    text
}

fn title(name: &str, what: &str, bold: bool) -> String {
    match bold {
        true => format!("\u{1b}[1m{name}\u{1b}[0m ({what})\n\n"),
        false => format!("{name} ({what})\n\n"),
    }
}

fn lint(known: &Known, level: Level, bold: bool) -> String {
    let Known { rule, level: default, family, why, kube_linter } = known;
    let mut what = format!("lint of {}, {} by default", family.name(), default.name());
    if level != *default {
        let _ = write!(what, ", {} here", level.name());
    }
    if known.is_across() {
        what.push_str(", across objects");
    }
    let mut text = title(rule.id, &what, bold);
    let _ = write!(text, "{}", rule.what);
    if !why.is_empty() {
        let _ = write!(text, " {why}");
    }
    let _ = write!(text, "\n\nSource: {}.\n", rule.source);
    let checks: Vec<&str> = kube_linter.iter().map(|Check { name, .. }| *name).collect();
    if !(checks.is_empty() || rule.source.contains("kube-linter")) {
        let _ = writeln!(text, "kube-linter: {}.", checks.join(", "));
    }
    text.push('\n');
    examples(rule, &mut text);
    text.push('\n');
    if *default == Level::Deny {
        text.push_str("By default it is a warning of `check`, since YAML has no waivers.\n\n");
    }
    if known.is_across() {
        let _ = writeln!(
            text,
            "`check` runs it with `--policy across`, `all` or `kube-linter`, or with `-W {}`.\n",
            rule.id
        );
    }
    text + &how_to_set(rule.id, level)
}

fn how_to_set(name: &str, level: Level) -> String {
    let other = if level >= Level::Deny { Level::Warn } else { Level::Deny }.name();
    let key = if name.contains("::") { format!("\"{name}\"") } else { name.to_owned() };
    format!(
        "To waive it where it is right:\n\n    #[allow({name}, reason = \"…\")]\n\n\
         To change its level, in Cargo.toml:\n\n    [package.metadata.reactbin.lints]\n    {key} = \"{other}\"\n"
    )
}

fn examples(rule: &Rule, out: &mut String) {
    for (title, example) in [("Bad", rule.bad), ("Good", rule.good)] {
        let _ = writeln!(out, "{title}:\n");
        for line in block_style(example).lines() {
            let _ = writeln!(out, "    {line}");
        }
        if title == "Bad" {
            out.push('\n');
        }
    }
}

/// An example as one would write it in a file; one that isn't YAML, which some rules are about, as
/// it is.
fn block_style(example: &str) -> String {
    let documents: Result<Vec<Value>, _> =
        Deserializer::from_str(example).map(Value::deserialize).collect();
    let Ok(documents) = documents else { return example.to_owned() };
    let mut text = String::new();
    for value in &documents {
        if !text.is_empty() {
            text.push_str("---\n");
        }
        let object = Object::from_value(value);
        write_document(&mut text, &object.tree, object.root, &object.comments);
    }
    text
}
