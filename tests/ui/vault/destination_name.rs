use reactbin_dsl::*;

vault_static_secret! {
    name: api_secret,
    mount: secret,
    type: kv_v2,
    path: "shop/api",
    destination: { name: "Api_Env", create: true },
}

fn main() {}
