use reactbin_dsl::*;

vault_auth! {
    name: shop_auth,
    method: kubernetes,
    mount: kubernetes,
    kubernetes: { role: shop, service_account: external("default") },
}

vault_static_secret! {
    name: api_secret,
    auth: shopauth,
    mount: secret,
    type: kv_v2,
    path: "shop/api",
    destination: { name: api_env, create: true },
}

fn main() {}
