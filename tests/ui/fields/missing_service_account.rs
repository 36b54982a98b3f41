use reactbin_dsl::*;

vault_auth! {
    name: auth,
    method: kubernetes,
    mount: kubernetes,
    kubernetes: { role: shop },
}

fn main() {}
