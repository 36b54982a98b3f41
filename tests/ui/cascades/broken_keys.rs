use reactbin_dsl::*;

vault_static_secret! {
    name: api_secret,
    mount: secret,
    type: kv_v2,
    path: "shop/api",
    destination: { name: api_env, create: true },
    keys: ["DATABASE URL"],
}

deployment! {
    name: api,
    image: "api:1.0",
    env: { DATABASE_URL: api_env.DATABASE_URL },
}

fn main() {}
