use reactbin_dsl::*;

vault_static_secret! {
    name: api_secret,
    mount: secret,
    type: kv_v2,
    path: "shop/api",
    destination: { name: api_env, create: true },
    rollout_restart_targets: [{ kind: Pod, name: api }],
}

fn main() {}
