//! The checks of kube-linter: each is a lint's or a rule's, or left out for a reason.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may fail loudly")]

mod common;

use reactbin_check::lints::kube_linter::{COVERED_BY_RULES, LEFT_OUT};
use reactbin_check::lints::{Check, LINTS};
use reactbin_check::{Naming, Options, check_object, rules};

/// The checks that kube-linter has on by default, and those that it has off.
const ON: &[&str] = &[
    "dangling-service",
    "deprecated-service-account-field",
    "docker-sock",
    "drop-net-raw-capability",
    "duplicate-env-var",
    "env-var-secret",
    "host-ipc",
    "host-network",
    "host-pid",
    "invalid-target-ports",
    "job-ttl-seconds-after-finished",
    "latest-tag",
    "liveness-port",
    "mismatching-selector",
    "no-anti-affinity",
    "no-extensions-v1beta",
    "no-read-only-root-fs",
    "non-existent-service-account",
    "pdb-max-unavailable",
    "pdb-min-available",
    "pdb-unhealthy-pod-eviction-policy",
    "privilege-escalation-container",
    "privileged-container",
    "readiness-port",
    "run-as-non-root",
    "sensitive-host-mounts",
    "ssh-port",
    "startup-port",
    "unsafe-sysctls",
    "unset-cpu-requirements",
    "unset-memory-requirements",
];
const OFF: &[&str] = &[
    "access-to-create-pods",
    "access-to-secrets",
    "cluster-admin-role-binding",
    "dangling-horizontalpodautoscaler",
    "dangling-ingress",
    "dangling-networkpolicy",
    "dangling-networkpolicypeer-podselector",
    "dangling-servicemonitor",
    "default-service-account",
    "dnsconfig-options",
    "env-value-from",
    "exposed-services",
    "hpa-minimum-three-replicas",
    "minimum-three-replicas",
    "no-liveness-probe",
    "no-node-affinity",
    "no-readiness-probe",
    "no-rolling-update-strategy",
    "non-isolated-pod",
    "priority-class-name",
    "privileged-ports",
    "read-secret-from-env-var",
    "required-annotation-email",
    "required-label-owner",
    "restart-policy",
    "scc-deny-privileged-container",
    "schema-validation",
    "sorted-keys",
    "unsafe-proc-mount",
    "use-namespace",
    "wildcard-in-rules",
    "writable-host-mount",
];

/// Every check that something here stands for, or that is left out.
fn accounted() -> Vec<Check> {
    let of_lints = LINTS.iter().flat_map(|lint| lint.kube_linter.iter().copied());
    let of_rules = COVERED_BY_RULES.iter().map(|covered| covered.check);
    of_lints.chain(of_rules).chain(LEFT_OUT.iter().map(|(check, _)| *check)).collect()
}

#[test]
fn checks_are_named_and_weighed_as_in_kube_linter_and_each_once() {
    let mut names: Vec<&str> = Vec::new();
    for Check { name, default } in accounted() {
        let table = if default { ON } else { OFF };
        assert!(table.contains(&name), "{name}: no check of this name and default");
        assert!(!names.contains(&name), "{name}: accounted for twice");
        names.push(name);
    }
}

#[test]
fn no_check_is_forgotten() {
    let accounted = accounted();
    let is_known = |name: &&&str| accounted.iter().any(|check| check.name == **name);
    let missing: Vec<&&str> = ON.iter().chain(OFF).filter(|name| !is_known(name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn tables_are_sorted_and_name_rules_that_there_are() {
    assert!(COVERED_BY_RULES.is_sorted_by_key(|covered| covered.check.name));
    assert!(LEFT_OUT.is_sorted_by_key(|(check, _)| check.name));
    for covered in COVERED_BY_RULES {
        assert!(covered.rules.is_sorted(), "{}", covered.check.name);
        assert!(covered.note.ends_with('.'), "{}", covered.check.name);
        for rule in covered.rules {
            assert!(rules::find(rule).is_some(), "{}: no rule {rule}", covered.check.name);
        }
    }
}

/// Objects in which a check finds something, so that one of its rules must.
const FOUND: &[(&str, &str)] = &[
    (
        "duplicate-env-var",
        "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, env: [{name: A, value: x}, {name: A, value: x}]}]}}",
    ),
    (
        "duplicate-env-var",
        "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {initContainers: [{name: b, image: i, env: [{name: A, value: x}, {name: A, valueFrom: {secretKeyRef: {name: s, key: k}}}]}], containers: [{name: a, image: i}]}}",
    ),
    (
        "duplicate-env-var",
        "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {ephemeralContainers: [{name: b, image: i, env: [{name: A, value: x}, {name: A, value: y}]}], containers: [{name: a, image: i}]}}",
    ),
    (
        "duplicate-env-var",
        "{apiVersion: batch/v1, kind: CronJob, metadata: {name: a}, spec: {schedule: \"@daily\", jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: i, env: [{name: A}, {name: B}, {name: A}]}]}}}}}}",
    ),
    (
        "invalid-target-ports",
        "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, ports: [{name: Web, containerPort: 80}]}]}}",
    ),
    (
        "invalid-target-ports",
        "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, ports: [{name: longer-than-fifteen, containerPort: 80}]}]}}",
    ),
    (
        "invalid-target-ports",
        "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {initContainers: [{name: b, image: i, ports: [{name: \"8080\", containerPort: 80}]}], containers: [{name: a, image: i}]}}",
    ),
    (
        "invalid-target-ports",
        "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, ports: [{name: a--b, containerPort: 80}, {name: -a, containerPort: 81}]}]}}",
    ),
    (
        "invalid-target-ports",
        "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: [{port: 80, targetPort: 70000}]}}",
    ),
    (
        "invalid-target-ports",
        "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: [{port: 80, targetPort: -1}]}}",
    ),
    (
        "invalid-target-ports",
        "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: [{port: 80, targetPort: web_1}]}}",
    ),
    (
        "invalid-target-ports",
        "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: [{port: 80, targetPort: \"8080\"}]}}",
    ),
    (
        "mismatching-selector",
        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}}}",
    ),
    ("mismatching-selector", "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}}"),
    (
        "mismatching-selector",
        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {selector: null, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}}}",
    ),
    (
        "mismatching-selector",
        "{apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: a}, spec: {selector: {}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}}}",
    ),
    (
        "mismatching-selector",
        "{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: a}, spec: {selector: {matchLabels: {}, matchExpressions: []}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}}}",
    ),
    (
        "mismatching-selector",
        "{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: a}, spec: {selector: {matchLabels: {app: b}}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}}}",
    ),
    (
        "mismatching-selector",
        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {selector: {matchLabels: {app: a}}, template: {spec: {containers: [{name: a, image: i}]}}}}",
    ),
    (
        "mismatching-selector",
        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {selector: {matchExpressions: [{key: app, operator: NotIn, values: [a]}]}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}}}",
    ),
    (
        "mismatching-selector",
        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {selector: {matchExpressions: [{key: app, operator: In}]}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}}}",
    ),
    (
        "mismatching-selector",
        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {selector: {matchExpressions: [{key: app, operator: Has, values: [a]}]}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: i}]}}}}",
    ),
    (
        "mismatching-selector",
        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {selector: {matchLabels: {app: \"a b\"}}, template: {metadata: {labels: {app: \"a b\"}}, spec: {containers: [{name: a, image: i}]}}}}",
    ),
    (
        "mismatching-selector",
        "{apiVersion: batch/v1, kind: Job, metadata: {name: a}, spec: {selector: {matchLabels: {app: b}}, template: {metadata: {labels: {app: a}}, spec: {restartPolicy: Never, containers: [{name: a, image: i}]}}}}",
    ),
    (
        "mismatching-selector",
        "{apiVersion: batch/v1, kind: Job, metadata: {name: a}, spec: {manualSelector: true, selector: {matchLabels: {app: b}}, template: {metadata: {labels: {app: a}}, spec: {restartPolicy: Never, containers: [{name: a, image: i}]}}}}",
    ),
    (
        "mismatching-selector",
        "{apiVersion: batch/v1, kind: CronJob, metadata: {name: a}, spec: {schedule: \"@daily\", jobTemplate: {spec: {selector: {matchLabels: {app: b}}, template: {metadata: {labels: {app: a}}, spec: {restartPolicy: Never, containers: [{name: a, image: i}]}}}}}}",
    ),
    ("schema-validation", "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, dat: {}}"),
    ("schema-validation", "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {a: 1}}"),
    ("schema-validation", "{apiVersion: v1, kind: Confg, metadata: {name: a}}"),
    (
        "schema-validation",
        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {selector: {matchLabels: {app: a}}}}",
    ),
    (
        "schema-validation",
        "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {type: Nodeport, ports: [{port: 80}]}}",
    ),
    (
        "schema-validation",
        "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: [{port: \"80\"}]}}",
    ),
];

#[test]
fn a_rule_finds_what_its_check_finds() {
    for (name, yaml) in FOUND {
        let covered = COVERED_BY_RULES.iter().find(|covered| covered.check.name == *name);
        let covered = covered.unwrap_or_else(|| panic!("{name}: no rule makes this check"));
        let (tree, root) = common::from_yaml(yaml);
        let found = check_object(&tree, root, &Options::new(Naming::Camel));
        let is_one = found.iter().any(|finding| covered.rules.contains(&finding.rule));
        assert!(is_one, "{name}: {found:?} in {yaml}");
    }
    for covered in COVERED_BY_RULES {
        assert!(FOUND.iter().any(|(name, _)| *name == covered.check.name));
    }
}
