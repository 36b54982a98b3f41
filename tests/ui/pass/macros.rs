//! Each macro, and each of its shorthands.

use reactbin_dsl::*;

parameter! {
    /// The tag of the image.
    name: tag,
    type: image_tag,
    default: "1.0",
}

parameter! { name: domain, type: host, placeholder: "<your-domain>" }

parameter! { name: size, type: quantity, default: 10Gi }

parameter! { name: replicas, type: integer, default: 2 }

namespace! {
    name: shop,
    labels: { "pod-security.kubernetes.io/enforce": "restricted" },
}

init_container! {
    name: migrate,
    image: "shop:" + param(tag),
    command: ["migrate"],
}

init_container! { name: warm_up, image: "shop:1.0" }

container! {
    name: proxy,
    image: "proxy:1.0",
    ports: { proxy: 8080 },
}

vault_auth! {
    name: shop_auth,
    method: kubernetes,
    mount: kubernetes,
    kubernetes: { role: shop, service_account: external("default"), token_expiration_seconds: 600 },
}

vault_static_secret! {
    name: shop_secret,
    auth: shop_auth,
    mount: secret,
    type: kv_v2,
    path: "shop/api",
    refresh_after: 1h,
    destination: { name: shop_env, create: true },
    keys: [DATABASE_URL, "tls.crt"],
}

deployment! {
    /// Above the document.
    name: shop,
    namespace: shop,
    file: "shop/web.yaml",
    replicas: param(replicas),
    init: [migrate, warm_up],
    /// Above the image.
    #[comment = "behind it"]
    image: "shop:" + param(tag),
    ports: [8000, { name: metrics, container_port: 9090 }],
    env_from: [shop_env, external("more"), config_map(external("settings"))],
    env: {
        DATABASE_URL: shop_env.DATABASE_URL,
        CERTIFICATE: shop_env."tls.crt",
        TOKEN: external("token").token,
        MODE: config_map(external("settings")).mode,
        DEBUG: "false",
        NODE: { value_from: { field_ref: { field_path: "spec.nodeName" } } },
    },
    resources: { requests: { cpu: 500m, memory: 0.5Gi }, limits: { memory: 1Gi } },
    volume_mounts: { "/tmp": scratch, "/config": config },
    volumes: {
        scratch: { empty_dir: { size_limit: param(size) } },
        config: { config_map: { name: external("settings"), default_mode: 0o644 } },
    },
    readiness_probe: { http_get: { path: "/", port: metrics } },
    strategy: { rolling_update: { max_surge: 25%, max_unavailable: 0 } },
    tolerations: [{ key: "gpu", operator: Exists }],
    termination_grace_period_seconds: 60,
    pod: { labels: { tier: "web" }, security_context: { fs_group: 1000 } },
    annotations: { "example.com/owner": "web" },
    containers: [proxy],
}

deployment! {
    name: "two-containers",
    item: Two,
    containers: {
        main: { image: "main:1.0" },
        #[allow(run_as_root, reason = "binds port 53")]
        dns: { image: "dns:1.0", security_context: { run_as_user: 0 }, ports: { dns: { container_port: 53, protocol: UDP } } },
    },
}

deployment! {
    name: written_out,
    spec: {
        selector: { match_labels: { app: "written-out" } },
        template: {
            metadata: { labels: { app: "written-out" } },
            spec: { containers: [{ name: main, image: "main:1.0" }] },
        },
    },
}

service! {
    name: shop,
    selects: shop,
    type: ClusterIP,
    ports: { http: 8000, metrics: { port: 9090, target_port: metrics } },
}

service! { name: proxy, selects: shop, ports: [{ port: 80, target_port: proxy }] }

service! { name: dns, selects: two_containers_by_type::Dns, ports: [{ port: 53, protocol: UDP }] }

/// A workload can be named by its type, wherever that comes from.
mod two_containers_by_type {
    pub(super) use super::Two as Dns;
}

ingress! {
    name: shop,
    ingress_class_name: nginx,
    tls: [{ hosts: [param(domain)], secret_name: external("shop-tls") }],
    rules: [{
        host: param(domain),
        http: {
            paths: [
                { path: "/api", path_type: Prefix, backend: shop.8000 },
                { path: "/metrics", path_type: Exact, backend: shop.metrics },
                { path: "/old", path_type: Prefix, backend: external("old").80 },
            ],
        },
    }],
}

stateful_set! {
    name: db,
    service_name: external("db"),
    image: "postgres:17",
    volume_claims: {
        data: { size: param(size), mount: "/data" },
        more: { size: 1Gi, mount: "/more", storage_class_name: "fast", access_modes: [ReadWriteMany] },
    },
}

job! {
    name: import,
    restart_policy: OnFailure,
    backoff_limit: 2,
    image: "import:1.0",
    active_deadline_seconds: 600,
}

app! { name: shop, namespace: shop }
