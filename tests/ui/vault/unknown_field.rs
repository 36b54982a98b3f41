use reactbin_dsl::*;

vault_static_secret! {
    name: api_secret,
    mount: secret,
    type: kv_v2,
    path: "shop/api",
    refreshAfter: 1h,
    destination: { name: api_env, crate: true },
}

fn main() {}
