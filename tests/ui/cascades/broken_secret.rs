use reactbin_dsl::*;

vault_static_secret! {
    name: api_secret,
    mount: secret,
    type: kv2,
    path: "shop/api",
    destination: { name: api_env, create: true },
    keys: [DATABASE_URL],
}

deployment! {
    name: api,
    image: "api:1.0",
    env_from: [api_env],
    env: { DATABASE_URL: api_env.DATABASE_URL },
}

fn main() {}
