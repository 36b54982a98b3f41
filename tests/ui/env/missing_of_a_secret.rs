use reactbin_dsl::*;

vault_static_secret! {
    name: api_secret,
    auth: external("shop"),
    mount: secret,
    type: kv_v2,
    path: "shop/api",
    destination: { name: api_env, create: true },
    keys: [DATABASE_URL],
}

init_container! {
    name: migrate,
    image: "api:1.0",
    env_from: [{ prefix: "API_", secret_ref: { name: api_env } }],
    requires_env: [API_DATABASE_URL, DATABASE_URL],
}

fn main() {}
