//! Images that `image!` declares: what of them is written, and what of their Dockerfile is taken
//! for right.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may fail loudly")]

use reactbin_dsl::{
    Manifest, RequiredEnv, Values, app, config_map, container, deployment, image, init_container,
    job, namespace, parameter,
};

namespace! { name: shop }
app! { name: shop, namespace: shop }
parameter! { name: tag, type: image_tag, default: "latest" }

image! {
    /// The API and its migrations.
    name: api,
    reference: "shop/api:" + param(tag),
    dockerfile: "tests/files/Dockerfile",
    provides: ["/opt/tools"],
}

const TOOL: &str = "shop/tool";

image! { name: tool, reference: (format!("{TOOL}:1.0")), user: 65532 }
image! { name: plain, reference: "shop/plain:1.0" }

config_map! { name: settings, data: { LOG_LEVEL: "info" } }

/// The settings of a service.
#[derive(RequiredEnv)]
#[allow(dead_code)]
struct Settings<'a, T: Default = u16> {
    log_level: &'a str,
    #[env(name = "MODE")]
    speed: T,
    port: Option<T>,
}

init_container! {
    name: migrate,
    image: api,
    command: ["alembic", "upgrade", "head"],
    working_dir: "/app/src",
    needs: ["/app/alembic.ini", "/app/src", "/app/src/main.py", "/opt/tools/migrate", "/app"],
}

// Its user is its pod's.
container! {
    name: worker,
    image: api,
    security_context: { run_as_non_root: true },
}

deployment! {
    name: api,
    init: migrate,
    /// Replace 'latest' before applying
    image: api,
    ports: [8000],
    working_dir: "/usr/share/nobody/knows",
    env: { MODE: "fast" },
    env_from: [config_map(settings)],
    requires_env: [(Settings::<u16>::ENV), MODE],
    containers: [worker],
    pod: { security_context: { run_as_user: 1001 } },
}

job! {
    name: tool,
    restart_policy: Never,
    containers: {
        tool: { image: tool, security_context: { run_as_non_root: true } },
        plain: { image: plain, ports: [1], working_dir: "/anywhere" },
        // A volume is mounted there.
        mounted: {
            image: api,
            working_dir: "/data/in",
            volume_mounts: { "/data": data },
            #[allow(image_user_mismatch, reason = "it only writes to the volume")]
            security_context: { run_as_user: 1002 },
        },
        #[allow(unexposed_port, unknown_working_dir, reason = "an agent")]
        waived: { image: api, ports: [9], working_dir: "/ap" },
    },
    volumes: { data: { empty_dir: {} } },
}

fn manifests(values: &[(&str, &str)]) -> Vec<Manifest> {
    let values: Values =
        values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    app().manifests(&values).unwrap_or_else(|refused| panic!("{:#?}", refused.diagnostics)).0
}

#[test]
fn an_image_is_written_as_its_reference() {
    let manifests = manifests(&[]);
    let paths: Vec<&str> = manifests.iter().map(|manifest| manifest.path.as_str()).collect();
    assert_eq!(paths, ["configmap.yaml", "deployment.yaml", "job.yaml", "namespace.yaml"]);
    let containers = "\
      initContainers:
        - name: migrate
          image: shop/api:latest
          command:
            - alembic
            - upgrade
            - head
          workingDir: /app/src
      containers:
        - name: api
          # Replace 'latest' before applying
          image: shop/api:latest
          ports:
";
    assert!(manifests[1].text.contains(containers), "{}", manifests[1].text);
    assert!(manifests[2].text.contains("image: shop/tool:1.0\n"), "{}", manifests[2].text);
    assert!(manifests[2].text.contains("image: shop/plain:1.0\n"), "{}", manifests[2].text);
}

#[test]
fn a_parameter_of_an_image_is_filled_where_the_image_is_named() {
    let deployment = &manifests(&[("tag", "1.2")])[1].text;
    assert_eq!(deployment.matches("image: shop/api:1.2\n").count(), 3, "{deployment}");
    assert!(!deployment.contains("Replace"), "{deployment}");
}

#[test]
fn settings_say_what_they_require() {
    assert_eq!(Settings::<u16>::ENV, ["LOG_LEVEL", "MODE"]);
}
