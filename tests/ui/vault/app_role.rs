use reactbin_dsl::*;

vault_auth! {
    name: auth,
    method: appRole,
    mount: approle,
    app_role: { role_id: "shop" },
}

fn main() {}
