//! What containers ask of their images.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may fail loudly")]

mod common;

use reactbin_check::ask::{Ask, asks};
use reactbin_check::{NodeId, Tree, Value};

/// Makes every `"?"` unknown.
fn forget(tree: &mut Tree, id: NodeId) {
    let below = match tree.get(id) {
        Value::Str("?") => return tree.forget(id),
        Value::List(items) => items.to_vec(),
        Value::Map(entries) => entries.iter().map(|entry| entry.value).collect(),
        _ => Vec::new(),
    };
    for id in below {
        forget(tree, id);
    }
}

/// What the first container of a pod asks; with nothing known of the pod if it is `alone`.
fn asked(pod: &str, alone: bool) -> Vec<String> {
    let (mut tree, pod) = common::from_yaml(pod);
    forget(&mut tree, pod);
    let container = tree.items(tree.at(pod, &["containers"]).unwrap())[0];
    let show = |ask: Ask<'_>| match ask {
        Ask::User(id) => format!("user {id}"),
        Ask::NonRoot => "not root".to_owned(),
        Ask::Port(number, protocol) => format!("{number}/{protocol}"),
        Ask::Directory(path) => path.to_owned(),
        Ask::Path(path) => panic!("no field asks for {path}"),
    };
    let pod = (!alone).then_some(pod);
    asks(&tree, container, pod).into_iter().map(|(_, ask)| show(ask)).collect()
}

fn of_container(fields: &str) -> Vec<String> {
    asked(&format!("{{containers: [{{name: a, {fields}}}]}}"), false)
}

const NOTHING: [&str; 0] = [];

#[test]
fn a_containers_user_wins_over_its_pods() {
    let with_pod = |container: &str, pod: &str| {
        let text = format!(
            "{{securityContext: {{{pod}}}, containers: [{{name: a, securityContext: {{{container}}}}}]}}"
        );
        (asked(&text, false), asked(&text, true))
    };
    for (container, pod, inside, alone) in [
        ("runAsUser: 1", "runAsUser: 2", "user 1", "user 1"),
        ("", "runAsUser: 2", "user 2", ""),
        ("runAsNonRoot: true", "runAsUser: 2", "user 2", ""),
        ("runAsUser: 1, runAsNonRoot: true", "", "user 1", "user 1"),
        ("runAsNonRoot: true", "", "not root", ""),
        ("", "runAsNonRoot: true", "not root", ""),
        ("runAsNonRoot: false", "runAsNonRoot: true", "", ""),
        ("runAsNonRoot: '?'", "runAsNonRoot: true", "", ""),
        ("runAsUser: '?', runAsNonRoot: true", "", "", ""),
        ("runAsNonRoot: true", "runAsUser: '?'", "", ""),
        ("", "", "", ""),
    ] {
        let found = with_pod(container, pod);
        assert_eq!(found.0.join(" "), inside, "{container} in {pod}");
        assert_eq!(found.1.join(" "), alone, "{container} alone");
    }
}

#[test]
fn ports_have_a_protocol() {
    assert_eq!(
        of_container("ports: [{containerPort: 80}, {containerPort: 53, protocol: UDP}]"),
        ["80/TCP", "53/UDP"]
    );
    assert_eq!(
        of_container("ports: [{containerPort: '?'}, {containerPort: 53, protocol: '?'}, '?']"),
        NOTHING
    );
    assert_eq!(of_container("ports: '?'"), NOTHING);
}

#[test]
fn a_directory_may_be_a_volumes() {
    let with_mounts = |mounts: &str| of_container(&format!("workingDir: /a/b{mounts}"));
    for apart in ["", ", volumeMounts: []", ", volumeMounts: [{name: v, mountPath: /a/bc}]"] {
        assert_eq!(with_mounts(apart), ["/a/b"], "{apart}");
    }
    for mounted in ["[{name: v, mountPath: /a/b/}]", "[{mountPath: /a}]", "[{mountPath: /a/b/c}]"] {
        assert_eq!(with_mounts(&format!(", volumeMounts: {mounted}")), NOTHING, "{mounted}");
    }
    for unknown in ["'?'", "['?']", "[{mountPath: '?'}]"] {
        assert_eq!(with_mounts(&format!(", volumeMounts: {unknown}")), NOTHING, "{unknown}");
    }
    assert_eq!(of_container("workingDir: '?'"), NOTHING);
    assert_eq!(of_container("workingDir: app"), NOTHING);
    assert_eq!(of_container("workingDir: /a/../b"), NOTHING);
    assert_eq!(of_container("workingDir: /a/b/"), ["/a/b"]);
    assert_eq!(of_container("workingDir: /"), ["/"]);
}
