//! A variable that speaks of one further down.

use std::collections::HashMap;

use super::{Family, Level, Lint};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "env_used_before_defined",
        on: "api.core.v1.Container api.core.v1.EphemeralContainer",
        severity: Severity::Warning,
        waivable: true,
        what: "A variable's value speaks of a variable that is defined after it.",
        source: "Kubernetes: Define Dependent Environment Variables",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, env: [{name: URL, value: \"http://$(HOST)/\"}, {name: HOST, value: shop}]}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, env: [{name: HOST, value: shop}, {name: URL, value: \"http://$(HOST)/\"}]}]}}",
        check: Some(check),
    },
    level: Level::Warn,
    family: Family::RunTime,
    why: "Variables are put together from the top: what isn't there yet stays in the value as it \
          is written.",
    kube_linter: &[],
};

fn check(cx: &mut Cx<'_>, container: Obj<'_>) {
    let speaks = |env: Obj<'_>| env.str("value").is_some_and(|value| value.contains("$("));
    if !container.objects("env").any(speaks) || container.has_unknown("env") {
        return;
    }
    // What `envFrom` brings is there before all of them, and isn't known.
    if !container.is_unset("envFrom") {
        return;
    }
    let mut first = HashMap::new();
    for (index, env) in container.objects("env").enumerate() {
        if let Some(name) = env.str("name") {
            first.entry(name).or_insert((index, env.id));
        }
    }
    for (index, env) in container.objects("env").enumerate() {
        let Some(value) = env.get("value") else { continue };
        for name in references(value.str().unwrap_or_default()) {
            let Some((_, later)) = first.get(name).filter(|(first, _)| *first > index) else {
                continue;
            };
            let message = format!("`$({name})` stays as it is: `{name}` is defined further down");
            cx.invalid(value, message)
                .help(format!("move `{name}` before this variable"))
                .related(*later, "defined here");
        }
    }
}

/// The names in a text that stand in `$(` and `)`; `$$` stands for a dollar alone.
fn references(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let (_, after) = rest.split_once('$')?;
            rest = after.strip_prefix('$').unwrap_or(after);
            let Some(inner) = after.strip_prefix('(') else { continue };
            let (name, after) = inner.split_once(')')?;
            rest = after;
            return Some(name);
        }
    })
}
