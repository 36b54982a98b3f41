use reactbin_dsl::*;

vault_static_secret! {
    name: api_secret,
    mount: secret,
    type: kv_v2,
    path: "",
    destination: { name: api_env, create: true },
}

fn main() {}
