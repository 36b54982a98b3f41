use reactbin_dsl::*;

deployment! {
    name: api,
    #[allow(latest_tag, reason = "a preview")]
    file: "api.yaml",
    image: "api:latest",
    env: { DATABASE_URL: "postgres://db" },
    #[allow(no_readiness_probe, no_liveness_probe, reason = "a preview")]
    requires_env: [DATABASE_URL],
}

pod! {
    name: web,
    containers: [
        {
            name: proxy,
            image: "proxy:1.0",
            // A group is one mistake.
            #[deny(security)]
            #[comment = "what it reads"]
            requires_env: [
                #[allow(run_as_root, reason = "starts as root")]
                MODE,
            ],
            env: { MODE: "fast" },
        },
    ],
}

object! {
    name: old,
    api_version: "v1",
    #[warn(latest_tag)]
    kind: ConfigMap,
    data: { MODE: "fast" },
}

vault_static_secret! {
    name: shop,
    auth: external("shop"),
    mount: secret,
    type: kv_v2,
    path: "shop/api",
    destination: { name: shop_env, create: true },
    #[allow(destination_name, reason = "as before")]
    keys: [DATABASE_URL],
}

namespace! {
    #[comment = "as its cluster calls it"]
    pod_security: {
        #[warn(security)]
        enforce: baseline,
    },
    name: shop,
}

parameter! {
    name: tag,
    #[warn(latest_tag)]
    type: image_tag,
    default: "1.0",
}

image! {
    name: small,
    #[allow(run_as_root, reason = "starts as root")]
    reference: "small:1.0",
    provides: [
        #[allow(unknown_working_dir, reason = "mounted")]
        "/work",
    ],
}

app! {
    #[allow(latest_tag, reason = "a preview")]
    name: shop,
    namespace: external("shop"),
    pod_security: {
        #[deny(security)]
        enforce: baseline,
    },
}

fn main() {}
