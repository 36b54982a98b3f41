use reactbin_dsl::*;

vault_static_secret! {
    #[deny(vault_reference)]
    name: api_secret,
    auth: external("vault/auth/api"),
    mount: secret,
    type: kv_v2,
    path: "shop/api",
    destination: { name: api_env, create: true },
}

fn main() {}
