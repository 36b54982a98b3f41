use reactbin_dsl::*;

vault_auth! {
    name: auth,
    method: jwt,
    mount: kubernetes,
    kubernetes: { role: shop, service_account: external("default") },
}

fn main() {}
