//! The shorthands of the kinds beside the reactbin application's, as the YAML they stand for.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may fail loudly")]

use reactbin_dsl::*;

app! { name: shop, namespace: external("shop") }

deployment! {
    name: api,
    image: "api:1.0",
    replicas: 3,
    service_account_name: runner,
    image_pull_secrets: [registry, external("other")],
    volumes: {
        conf: config_map(settings),
        creds: secret(external("api-creds")),
        data: claim(pictures),
        scratch: { empty_dir: {} },
    },
    volume_mounts: { "/etc/api": conf, "/creds": creds, "/data": data, "/tmp": scratch },
}

service_account! { name: runner }
secret! {
    #[allow(plaintext_secret, reason = "an empty configuration")]
    name: registry,
    type: "kubernetes.io/dockerconfigjson",
    data: { ".dockerconfigjson": (docker_config()) },
}
persistent_volume_claim! {
    name: pictures,
    access_modes: [ReadWriteOnce],
    resources: { requests: { storage: 10Gi } },
}
config_map! { name: settings, data: { "app.toml": file("tests/files/app.toml") } }

horizontal_pod_autoscaler! { name: api, scale_target_ref: api, max_replicas: 10 }
pod_disruption_budget! { name: api, selects: api, max_unavailable: 1 }
network_policy! { name: api, selects: api, policy_types: [Ingress] }

role! { name: reader, rules: [{ api_groups: [""], resources: ["pods"], verbs: [get, list] }] }
cluster_role! { name: "shop:auditor", rules: [{ api_groups: ["*"], resources: ["*"], verbs: [get] }] }
role_binding! { name: reads, role_ref: reader, subjects: [runner, user("alice"), group("developers")] }
role_binding! { name: views, role_ref: cluster_role(external("view")), subjects: [runner] }
cluster_role_binding! { name: audits, role_ref: shop_auditor, subjects: [runner] }

cron_job! {
    name: backup,
    schedule: "0 3 * * *",
    backoff_limit: 2,
    restart_policy: OnFailure,
    image: "backup:1.0",
    env_from: [config_map(settings)],
}

object! { api_version: "autoscaling/v1", kind: HorizontalPodAutoscaler, name: old, scale_target_ref: api, max_replicas: 2 }

object! {
    /// What everybody reads.
    api_version: "v1",
    /// In plain text.
    kind: ConfigMap,
    /// Mounted by its path.
    file: "notes/configmap.yaml",
    /// As its readers call it.
    #[comment = "of old"]
    name: noted,
    data: { MODE: "fast" },
}

init_container! { name: migrate, image: "api:1.0" }

stateful_set! {
    #[comment = "of old"]
    name: noted,
    service_name: external("noted"),
    image: "api:1.0",
    /// Once.
    init: [
        /// Before the first request.
        migrate,
    ],
    volume_claims: {
        data: {
            size: 1Gi,
            /// Where it writes.
            mount: "/data",
        },
    },
}

// One of the fields below the waiver breaks the lint, which only the whole application can tell.
pod! {
    name: rooted,
    image: "api:1.0",
    #[allow(run_as_root, reason = "mounts what belongs to root")]
    spec: { dns_policy: Default, security_context: { run_as_user: (root()) } },
}

fn root() -> i64 {
    0
}

fn docker_config() -> &'static str {
    "e30="
}

fn document(path: &str, name: &str) -> String {
    let objects = app().objects(&Values::new());
    let placed = objects.iter().find(|placed| placed.path == path && placed.object.name() == name);
    let object = &placed.unwrap_or_else(|| panic!("no {name} in {path}")).object;
    let mut text = String::new();
    reactbin_dsl::yaml::write_document(&mut text, &object.tree, object.root, &object.comments);
    text
}

/// What stands behind the metadata.
fn yaml(path: &str, name: &str) -> String {
    let text = document(path, name);
    let spec = text.split_once("  namespace: shop\n").map_or("", |(_, spec)| spec).to_owned();
    if spec.is_empty() { text } else { spec }
}

#[test]
fn the_application_is_right() {
    if let Err(refused) = app().manifests(&Values::new()) {
        panic!("{:#?}", refused.diagnostics);
    }
}

#[test]
fn every_comment_has_its_place() {
    assert_eq!(
        document("notes/configmap.yaml", "noted"),
        "\
# What everybody reads.
# In plain text.
# Mounted by its path.
apiVersion: v1
kind: ConfigMap
metadata:
  # As its readers call it.
  name: noted  # of old
  namespace: shop
data:
  MODE: fast
"
    );
    let set = yaml("statefulset.yaml", "noted");
    for part in [
        "# Once.\n      initContainers:\n        # Before the first request.\n        - name: migrate\n",
        "# Where it writes.\n            - name: data\n",
    ] {
        assert!(set.contains(part), "{part:?} isn't in\n{set}");
    }
}

#[test]
fn workloads_are_named_by_item() {
    let target =
        "spec:\n  scaleTargetRef:\n    apiVersion: apps/v1\n    kind: Deployment\n    name: api\n";
    assert!(yaml("horizontalpodautoscaler.yaml", "api").starts_with(target));
    assert!(yaml("horizontalpodautoscaler.yaml", "old").starts_with(target));
    let labels = "    matchLabels:\n      app: api\n";
    assert!(
        yaml("poddisruptionbudget.yaml", "api")
            .starts_with(&format!("spec:\n  selector:\n{labels}"))
    );
    assert!(
        yaml("networkpolicy.yaml", "api").starts_with(&format!("spec:\n  podSelector:\n{labels}"))
    );
}

#[test]
fn roles_and_subjects_are_named_by_item() {
    let group = "  apiGroup: rbac.authorization.k8s.io\n";
    let runner = "  - name: runner\n    kind: ServiceAccount\n    namespace: shop\n";
    let user = |kind, name| {
        format!("  - name: {name}\n    apiGroup: rbac.authorization.k8s.io\n    kind: {kind}\n")
    };
    assert_eq!(
        yaml("rolebinding.yaml", "reads"),
        format!(
            "roleRef:\n{group}  kind: Role\n  name: reader\nsubjects:\n{runner}{}{}",
            user("User", "alice"),
            user("Group", "developers"),
        ),
    );
    assert!(
        yaml("rolebinding.yaml", "views")
            .starts_with(&format!("roleRef:\n{group}  kind: ClusterRole\n  name: view\n"))
    );
    assert!(
        yaml("clusterrolebinding.yaml", "audits")
            .contains("  kind: ClusterRole\n  name: shop:auditor\n")
    );
}

#[test]
fn volumes_are_named_by_item() {
    let pod = yaml("deployment.yaml", "api");
    for part in [
        "        - name: conf\n          configMap:\n            name: settings\n",
        "        - name: creds\n          secret:\n            secretName: api-creds\n",
        "        - name: data\n          persistentVolumeClaim:\n            claimName: pictures\n",
        "        - name: scratch\n          emptyDir: {}\n",
        "      imagePullSecrets:\n        - name: registry\n        - name: other\n",
        "      serviceAccountName: runner\n",
    ] {
        assert!(pod.contains(part), "{part}in\n{pod}");
    }
}

#[test]
fn a_config_map_holds_a_file_of_the_crate() {
    assert_eq!(yaml("configmap.yaml", "settings"), "data:\n  app.toml: |\n    level = \"info\"\n");
}

#[test]
fn a_cron_job_has_the_keys_of_its_jobs_and_their_pods() {
    assert_eq!(
        yaml("cronjob.yaml", "backup"),
        "spec:
  schedule: 0 3 * * *
  jobTemplate:
    spec:
      backoffLimit: 2
      template:
        spec:
          containers:
            - name: backup
              image: backup:1.0
              envFrom:
                - configMapRef:
                    name: settings
          restartPolicy: OnFailure
",
    );
}
