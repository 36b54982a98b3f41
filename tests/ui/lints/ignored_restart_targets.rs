use reactbin_dsl::*;

vault_static_secret! {
    #[deny(ignored_restart_targets)]
    name: api_secret,
    auth: external("vault"),
    mount: secret,
    type: kv_v2,
    path: "shop/api",
    hmac_secret_data: false,
    destination: { name: api_env, create: true },
    rollout_restart_targets: [{ kind: Deployment, name: "api" }],
}

fn main() {}
