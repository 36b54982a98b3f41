use reactbin_dsl::*;

vault_static_secret! {
    name: api_secret,
    auth: "shop-auth",
    mount: secret,
    type: kv_v2,
    path: "shop/api",
    destination: { name: api_env, create: true },
}

fn main() {}
