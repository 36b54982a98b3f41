use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    env: { DATABASE_URL: api_env.DATABASE_URL },
}

fn main() {}
