use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    env_from: [{ secret_ref: { name: "api-env" } }],
}

fn main() {}
