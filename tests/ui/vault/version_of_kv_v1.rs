use reactbin_dsl::*;

vault_static_secret! {
    name: api_secret,
    mount: secret,
    type: kv_v1,
    path: "shop/api",
    version: 3,
    destination: { name: api_env, create: true },
}

fn main() {}
