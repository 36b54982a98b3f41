//! Policy in real builds: levels in Cargo.toml and in the source, lints of the team, and the Pod
//! Security Standards.
#![cfg(unix)]
#![allow(clippy::unwrap_used)]

mod scratch;

use scratch::*;

/// A Deployment that says outright that it runs as root.
const ROOT: &str = "security_context: { run_as_user: 0 },";

fn rooted(name: &str) -> Case {
    let case = Case::new(name);
    case.edit("manifests/src/web.rs", "ports: [8000],", &format!("ports: [8000],\n    {ROOT}"));
    case
}

fn set_levels(case: &Case, levels: &str) {
    let file = "manifests/Cargo.toml";
    let text = case.text(file);
    let package = text.split("\n[package.metadata").next().unwrap();
    case.put(file, &format!("{package}\n[package.metadata.reactbin.lints]\n{levels}\n"));
}

#[test]
fn a_level_in_cargo_toml_counts_at_the_next_build() {
    let case = rooted("levels");
    let refused = case.run(&mut case.cargo(target_dir()));
    assert!(!refused.success);
    refused.assert_says(&[
        "error: `run_as_user` 0 is root\n",
        " --> manifests/src/web.rs:9:38\n",
        "note: where it is right, write `#[allow(run_as_root, reason = \"…\")]` above it\n",
    ]);
    set_levels(&case, "run_as_root = \"warn\"");
    let warned = case.build();
    warned.assert_says(&["manifests/src/web.rs:9:38: `run_as_user` 0 is root [run_as_root]"]);
    set_levels(&case, "run_as_root = \"allow\"");
    assert_eq!(case.build().warnings(), NO_WARNING);
    // The workspace's level counts where the package says none.
    set_levels(&case, "");
    let root = case.text("Cargo.toml");
    case.put(
        "Cargo.toml",
        &format!("{root}\n[workspace.metadata.reactbin.lints]\nall = \"forbid\"\n"),
    );
    let forbidden = case.run(&mut case.cargo(target_dir()));
    assert!(!forbidden.success);
    forbidden.assert_says(&["`run_as_root` is forbidden, and can't be waived"]);
}

#[test]
fn a_waiver_outlives_other_levels_and_gives_way_to_forbid() {
    let case = Case::new("waived");
    let waived = "ports: [8000],\n    #[allow(run_as_root, reason = \"binds port 80\")]\n    \
                  security_context: { run_as_non_root: false },";
    case.edit("manifests/src/web.rs", "ports: [8000],", waived);
    assert_eq!(case.build().warnings(), NO_WARNING);
    // What else is denied there has an error of its own, and the waiver still waives something.
    for levels in
        ["may_run_as_root = \"deny\"", "run_as_root = \"warn\"\nmay_run_as_root = \"deny\""]
    {
        set_levels(&case, levels);
        let refused = case.run(&mut case.cargo(target_dir()));
        assert!(!refused.success);
        refused.assert_says(&["write `#[allow(may_run_as_root, reason"]);
        assert!(!refused.stderr.contains("waives nothing"), "{}", refused.stderr);
    }
    set_levels(&case, "run_as_root = \"forbid\"");
    let forbidden = case.run(&mut case.cargo(target_dir()));
    forbidden.assert_says(&["note: `run_as_root` is forbidden, and can't be waived"]);
    assert_eq!(forbidden.stderr.matches("run_as_root` is forbidden").count(), 1);
}

#[test]
fn what_cargo_toml_says_wrong_has_its_place() {
    let case = Case::new("wrong-levels");
    set_levels(&case, "run_as_rot = \"warn\"\nrun_as_root = \"error\"");
    let refused = case.run(&mut case.cargo(target_dir()));
    assert!(!refused.success);
    refused.assert_says(&[
        "error: manifests/Cargo.toml:10:1: there is no lint `run_as_rot`",
        "help: use `run_as_root`",
        "error: manifests/Cargo.toml:11:16: there is no level `error`",
    ]);
    set_levels(&case, "\"shop::no_owner\" = \"warn\"");
    let refused = case.run(&mut case.cargo(target_dir()));
    refused.assert_says(&[
        "error[unknown_lint]: there is no lint `shop::no_owner`\n",
        " --> manifests/Cargo.toml:10:2\n",
        "10 | \"shop::no_owner\" = \"warn\"\n",
        " |  ^^^^^^^^^^^^^^\n",
        "= help: register it in `lints` of `app!`\n",
    ]);
    // The workspace's line is shown in the workspace's file.
    set_levels(&case, "");
    let root = case.text("Cargo.toml");
    let lints = "[workspace.metadata.reactbin.lints]\n\"shop::no_owner\" = \"warn\"\n";
    case.put("Cargo.toml", &format!("{root}\n{lints}"));
    let refused = case.run(&mut case.cargo(target_dir()));
    let line = root.lines().count() + 3;
    refused.assert_says(&[
        &format!(" --> Cargo.toml:{line}:2\n"),
        &format!("{line} | \"shop::no_owner\" = \"warn\"\n"),
    ]);
}

/// The policy of a team: one lint.
const POLICY: &str = r#"
use reactbin_dsl::lint::{Level, Lint};

pub fn no_owner() -> Lint {
    Lint {
        name: "shop::no_owner",
        level: Level::Deny,
        what: "Every workload has a label `owner`.",
        check: Box::new(|object, findings| {
            if object.pod().is_some() && object.text("metadata.labels.owner").is_none() {
                findings.report("metadata.labels", "no owner").help("add `labels: { owner: web }`");
            }
        }),
    }
}
"#;

#[test]
fn a_lint_of_the_team_reports_and_is_waived_like_any_other() {
    let case = Case::new("own-lint");
    case.put("manifests/src/policy.rs", POLICY);
    case.edit("manifests/src/lib.rs", "pub mod web;", "pub mod policy;\npub mod web;");
    case.edit(
        "manifests/src/lib.rs",
        "namespace: shop }",
        "namespace: shop, lints: [(policy::no_owner())] }",
    );
    let refused = case.run(&mut case.cargo(target_dir()));
    assert!(!refused.success);
    refused.assert_says(&[
        "error[shop::no_owner]: no owner\n",
        " --> manifests/src/web.rs:5:11\n",
        "= help: add `labels: { owner: web }`\n",
        "error: 1 error in the manifests; `k8s` is left as it was\n",
    ]);
    let waiver = "#[allow(shop::no_owner, reason = \"nobody does\")]\n    name: web,\n    replicas";
    case.edit("manifests/src/web.rs", "name: web,\n    replicas", waiver);
    case.build();
    assert!(!case.texts().iter().any(|(_, text)| text.contains("nobody does")));
    // With an owner the waiver waives nothing, and a misspelt one is no lint.
    case.edit("manifests/src/web.rs", "replicas: 1", "labels: { owner: web },\n    replicas: 1");
    let refused = case.run(&mut case.cargo(target_dir()));
    refused.assert_says(&[
        "error[unused_waiver]: this waiver of `shop::no_owner` waives nothing\n",
        " --> manifests/src/web.rs:5:5\n",
    ]);
    case.edit("manifests/src/web.rs", "shop::no_owner", "shop::no_ownr");
    let refused = case.run(&mut case.cargo(target_dir()));
    refused.assert_says(&["there is no lint `shop::no_ownr`\n", "= help: use `shop::no_owner`\n"]);
    // What it was meant to waive isn't told beside it, and what is forbidden is told with its waiver.
    case.edit("manifests/src/web.rs", "labels: { owner: web },", "");
    let refused = case.run(&mut case.cargo(target_dir()));
    refused
        .assert_says(&["there is no lint `shop::no_ownr`\n", "error: 1 error in the manifests;"]);
    case.edit("manifests/src/web.rs", "shop::no_ownr", "shop::no_owner");
    set_levels(&case, "\"shop::no_owner\" = \"forbid\"");
    let refused = case.run(&mut case.cargo(target_dir()));
    refused.assert_says(&[
        "error[shop::no_owner]: no owner\n",
        "--- `shop::no_owner` is forbidden, and can't be waived: remove this waiver too\n",
        "error: 1 error in the manifests;",
    ]);
    set_levels(&case, "");
    case.edit("manifests/src/policy.rs", "\"shop::no_owner\"", "\"no_owner\"");
    let refused = case.run(&mut case.cargo(target_dir()));
    refused.assert_says(&[
        "error[unknown_lint]: the lint `no_owner` lacks the name of its team\n",
        " --> manifests/src/lib.rs:",
        "= help: name it `team::no_owner`\n",
    ]);
}

#[test]
fn a_namespace_keeps_its_standard() {
    let case = Case::new("pod-security");
    case.edit(
        "manifests/src/web.rs",
        "ports: [8000],",
        "ports: [{ container_port: 8000, host_port: 80 }],",
    );
    case.build();
    case.edit(
        "manifests/src/lib.rs",
        "namespace: shop }",
        "namespace: shop, pod_security: baseline }",
    );
    let refused = case.run(&mut case.cargo(target_dir()));
    assert!(!refused.success);
    refused.assert_says(&[
        "error[pss/baseline/hostPorts]: ",
        " --> manifests/src/web.rs:8:",
        "= note: Deployment `web`, spec.template.spec.containers[0].ports[0].hostPort\n",
        "= note: the application keeps the standard `baseline`\n",
    ]);
    // The namespace's own standard counts, and its labels tell the cluster of it.
    let own = "namespace! { name: shop, pod_security: { enforce: privileged, warn: baseline, labels: true } }";
    case.edit("manifests/src/lib.rs", "namespace! { name: shop }", own);
    let warned = case.build();
    warned.assert_says(&["manifests/src/web.rs:8:", "[pss/baseline/hostPorts]"]);
    let namespace = case.text("k8s/namespace.yaml");
    for label in
        ["enforce: privileged", "enforce-version: v1.36", "warn: baseline", "warn-version: v1.36"]
    {
        assert!(
            namespace.contains(&format!("    pod-security.kubernetes.io/{label}\n")),
            "{namespace}"
        );
    }
}
