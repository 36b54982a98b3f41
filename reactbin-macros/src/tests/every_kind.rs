//! Every kind's macro: a declaration that is right, and one slip that isn't.

use super::errors;

/// Macro, a right body, what is put in front of it, and the start of the error that gives.
const KINDS: &[(&str, &str, &str, &str)] = &[
    (
        "api_service",
        r#"name: "v1.metrics.k8s.io", group: "metrics.k8s.io", version: v1, group_priority_minimum: 100, version_priority: 100, insecure_skip_tls_verify: true, service: { name: metrics, namespace: kube }"#,
        "grup: x,",
        "`api_service!` has no key `grup`",
    ),
    (
        "binding",
        r#"name: a, target: { kind: Node, name: n }"#,
        "target: 1,",
        "`target` is given twice",
    ),
    (
        "certificate_signing_request",
        r#"name: a, request: ("x"), signer_name: "example.com/a", usages: ["client auth"]"#,
        "labels: 1,",
        "`labels` takes a map",
    ),
    (
        "cluster_role",
        r#"name: "a:b", rules: [{ api_groups: [""], resources: ["pods"], verbs: [get] }]"#,
        "labels: { \"a b\": x },",
        "`a b` has",
    ),
    (
        "cluster_role_binding",
        r#"name: a, role_ref: cluster_role(external("view")), subjects: [user("alice")]"#,
        "subject: [],",
        "`cluster_role_binding!` has no key `subject`",
    ),
    (
        "config_map",
        r#"name: a, data: { KEY: "value" }"#,
        "immutable: 1,",
        "`immutable` takes a boolean",
    ),
    (
        "container",
        r#"name: a, image: "i:1""#,
        "image_pull_policy: always,",
        "`image_pull_policy` can't be `always`",
    ),
    (
        "controller_revision",
        r#"name: a, revision: 1, data: { a: 1 }"#,
        "labels: 1,",
        "`labels` takes a map",
    ),
    (
        "cron_job",
        r#"name: a, schedule: "* * * * *", image: "i:1", restart_policy: Never"#,
        "suspend: 1,",
        "`suspend` takes a boolean",
    ),
    (
        "csi_driver",
        r#"name: "csi.example.com""#,
        "attach_required: 1,",
        "`attach_required` takes a boolean",
    ),
    ("csi_node", r#"name: a, drivers: []"#, "labels: 1,", "`labels` takes a map"),
    (
        "csi_storage_capacity",
        r#"name: a, storage_class_name: fast"#,
        "capacity: 10GB,",
        "`10GB` ends with `GB`",
    ),
    (
        "custom_resource_definition",
        r#"name: "crons.example.com", group: "example.com", scope: Namespaced, names: { kind: Cron, plural: crons, singular: cron, list_kind: CronList }, versions: [{ name: v1, served: true, storage: true, schema: { open_api_v3_schema: { type: object } } }]"#,
        "scop: x,",
        "`custom_resource_definition!` has no key `scop`",
    ),
    (
        "daemon_set",
        r#"name: a, image: "i:1""#,
        "restart_policy: Never,",
        "the pods of a DaemonSet can't have",
    ),
    ("deployment", r#"name: a, image: "i:1""#, "replicas: -1,", "`-1` is out of range"),
    ("device_class", r#"name: a"#, "labels: 1,", "`labels` takes a map"),
    (
        "endpoint_slice",
        r#"name: a, address_type: IPv4, endpoints: []"#,
        "ports: 1,",
        "`ports` takes a list",
    ),
    ("endpoints", r#"name: a"#, "subsets: 1,", "`subsets` takes a list"),
    (
        "event",
        r#"name: a, event_time: "2026-01-01T00:00:00.000000Z", reporting_controller: "example.com/a", reporting_instance: a, action: A, reason: R, type: Normal"#,
        "labels: 1,",
        "`labels` takes a map",
    ),
    ("eviction", r#"name: a"#, "labels: 1,", "`labels` takes a map"),
    (
        "flow_schema",
        r#"name: a, priority_level_configuration: { name: b }"#,
        "matching_precedence: x,",
        "`matching_precedence` takes an integer",
    ),
    (
        "horizontal_pod_autoscaler",
        r#"name: a, scale_target_ref: api, max_replicas: 3"#,
        "min_replicas: -1,",
        "`-1`",
    ),
    (
        "ingress",
        r#"name: a, default_backend: api.80"#,
        "ingress_class_name: 3,",
        "`ingress_class_name` takes a string",
    ),
    (
        "ingress_class",
        r#"name: a, controller: "example.com/a""#,
        "labels: 1,",
        "`labels` takes a map",
    ),
    (
        "init_container",
        r#"name: a, image: "i:1""#,
        "liveness_probe: { exec: { command: [a] } },",
        "an init container can't have `liveness_probe`",
    ),
    (
        "ip_address",
        r#"name: "10.0.0.1", parent_ref: { resource: services, name: a, namespace: b }"#,
        "labels: 1,",
        "`labels` takes a map",
    ),
    (
        "job",
        r#"name: a, image: "i:1", restart_policy: Never"#,
        "completions: -1,",
        "`-1` is out of range",
    ),
    (
        "lease",
        r#"name: a, holder_identity: b"#,
        "lease_duration_seconds: x,",
        "`lease_duration_seconds` takes an integer",
    ),
    (
        "limit_range",
        r#"name: a, limits: [{ type: Container, max: { cpu: 1 } }]"#,
        "labels: 1,",
        "`labels` takes a map",
    ),
    (
        "local_subject_access_review",
        r#"name: a, user: b, resource_attributes: { namespace: c, verb: get, resource: pods }"#,
        "labels: 1,",
        "`labels` takes a map",
    ),
    (
        "mutating_admission_policy",
        r#"name: a, match_constraints: { resource_rules: [{ api_groups: [""], api_versions: [v1], operations: [CREATE], resources: [pods] }] }, mutations: [{ patch_type: JSONPatch, json_patch: { expression: "[]" } }], reinvocation_policy: Never"#,
        "failure_policy: x,",
        "`failure_policy` can't be `x`",
    ),
    (
        "mutating_admission_policy_binding",
        r#"name: a, policy_name: b"#,
        "labels: 1,",
        "`labels` takes a map",
    ),
    (
        "mutating_webhook_configuration",
        r#"name: a, webhooks: []"#,
        "labels: 1,",
        "`labels` takes a map",
    ),
    ("namespace", "name: a", "finalizer: x,", "`namespace!` has no key `finalizer`"),
    (
        "network_policy",
        "name: a, pod_selector: {}",
        "policy_types: [In],",
        "`policy_types` can't be `In`",
    ),
    ("node", "name: a", "unschedulable: 1,", "`unschedulable` takes a boolean"),
    (
        "persistent_volume",
        r#"name: a, capacity: { storage: 1Gi }, access_modes: [ReadWriteOnce], host_path: { path: "/x" }"#,
        "volume_mode: x,",
        "`volume_mode` can't be `x`",
    ),
    (
        "persistent_volume_claim",
        "name: a, access_modes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } }",
        "volume_mode: x,",
        "`volume_mode` can't be `x`",
    ),
    ("pod", r#"name: a, image: "i:1""#, "restart_policy: x,", "`restart_policy` can't be `x`"),
    (
        "pod_disruption_budget",
        "name: a, selects: api, max_unavailable: 1",
        "min_available: -1,",
        "`-1`",
    ),
    (
        "pod_template",
        r#"name: a, image: "i:1""#,
        "host_network: 1,",
        "`host_network` takes a boolean",
    ),
    (
        "priority_class",
        "name: a, value: 5",
        "global_default: 1,",
        "`global_default` takes a boolean",
    ),
    (
        "priority_level_configuration",
        "name: exempt, type: Exempt",
        "labels: 1,",
        "`labels` takes a map",
    ),
    ("replica_set", r#"name: a, image: "i:1""#, "replicas: -1,", "`-1` is out of range"),
    (
        "replication_controller",
        r#"name: a, image: "i:1", selector: { app: a }, pod: { labels: { app: a } }"#,
        "replicas: -1,",
        "`-1` is out of range",
    ),
    ("resource_claim", "name: a", "labels: 1,", "`labels` takes a map"),
    (
        "resource_claim_template",
        "name: a, spec: { spec: {} }",
        "labels: 1,",
        "`labels` takes a map",
    ),
    (
        "resource_quota",
        "name: a, hard: { pods: 3 }",
        "hart: 1,",
        "`resource_quota!` has no key `hart`",
    ),
    (
        "resource_slice",
        r#"name: a, driver: "gpu.example.com", node_name: n, pool: { name: n, generation: 1, resource_slice_count: 1 }"#,
        "labels: 1,",
        "`labels` takes a map",
    ),
    (
        "role",
        r#"name: a, rules: [{ api_groups: [""], resources: ["pods"], verbs: [get] }]"#,
        "rule: 1,",
        "`role!` has no key `rule`",
    ),
    (
        "role_binding",
        "name: a, role_ref: reader, subjects: [runner]",
        "subject: 1,",
        "`role_binding!` has no key `subject`",
    ),
    ("runtime_class", "name: a, handler: runc", "labels: 1,", "`labels` takes a map"),
    ("secret", "name: a", "immutable: 1,", "`immutable` takes a boolean"),
    (
        "self_subject_access_review",
        "name: a, resource_attributes: { verb: get, resource: pods }",
        "labels: 1,",
        "`labels` takes a map",
    ),
    ("self_subject_review", "name: a", "labels: 1,", "`labels` takes a map"),
    ("self_subject_rules_review", "name: a", "labels: 1,", "`labels` takes a map"),
    ("service", "name: a, ports: [80]", "type: x,", "`type` can't be `x`"),
    (
        "service_account",
        "name: a",
        "automount_service_account_token: 1,",
        "`automount_service_account_token` takes a boolean",
    ),
    ("service_cidr", r#"name: a, cidrs: ["10.0.0.0/24"]"#, "labels: 1,", "`labels` takes a map"),
    (
        "stateful_set",
        r#"name: a, service_name: a, image: "i:1""#,
        "pod_management_policy: x,",
        "`pod_management_policy` can't be `x`",
    ),
    (
        "storage_class",
        r#"name: a, provisioner: "example.com/a""#,
        "reclaim_policy: x,",
        "`reclaim_policy` can't be `x`",
    ),
    (
        "subject_access_review",
        "name: a, user: b, resource_attributes: { verb: get, resource: pods }",
        "labels: 1,",
        "`labels` takes a map",
    ),
    (
        "token_request",
        "name: a, audiences: [b]",
        "expiration_seconds: x,",
        "`expiration_seconds` takes an integer",
    ),
    ("token_review", "name: a, token: b", "audiences: 1,", "`audiences` takes a list"),
    (
        "validating_admission_policy",
        r#"name: a, match_constraints: { resource_rules: [{ api_groups: [""], api_versions: [v1], operations: [CREATE], resources: [pods] }] }, validations: [{ expression: "true" }]"#,
        "failure_policy: x,",
        "`failure_policy` can't be `x`",
    ),
    (
        "validating_admission_policy_binding",
        "name: a, policy_name: b, validation_actions: [Deny]",
        "labels: 1,",
        "`labels` takes a map",
    ),
    (
        "validating_webhook_configuration",
        "name: a, webhooks: []",
        "labels: 1,",
        "`labels` takes a map",
    ),
    (
        "vault_auth",
        r#"name: a, method: kubernetes, mount: kubernetes, kubernetes: { role: r, service_account: external("default") }"#,
        "metod: x,",
        "`vault_auth!` has no key `metod`",
    ),
    (
        "vault_static_secret",
        r#"name: a, auth: b, mount: secret, type: kv_v2, path: "p", destination: { name: d, create: true }"#,
        "refresh_after: 5d,",
        "`5d`",
    ),
    (
        "volume_attachment",
        r#"name: a, attacher: "csi.example.com", node_name: n, source: { persistent_volume_name: p }"#,
        "labels: 1,",
        "`labels` takes a map",
    ),
    (
        "volume_attributes_class",
        r#"name: a, driver_name: "csi.example.com", parameters: { iops: "1" }"#,
        "labels: 1,",
        "`labels` takes a map",
    ),
];

#[test]
fn every_macro_has_a_case() {
    let names: Vec<&str> = KINDS.iter().map(|(name, ..)| *name).collect();
    assert_eq!(names, crate::MACROS);
}

#[test]
fn what_is_right_passes() {
    let mut refused = Vec::new();
    for (name, right, ..) in KINDS {
        let errors = errors(name, right.parse().unwrap());
        if !errors.is_empty() {
            refused.push(format!("{name}! {{ {right} }}: {errors:#?}"));
        }
    }
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

#[test]
fn a_slip_is_found() {
    let mut missed = Vec::new();
    for (name, right, slip, message) in KINDS {
        let found = errors(name, format!("{slip} {right}").parse().unwrap());
        if !found.iter().any(|text| text.starts_with(message)) {
            missed.push(format!("{name}! {{ {slip} … }}: {message} not in {found:#?}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}
