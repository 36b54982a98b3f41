use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    replicas: "2",
    env_from: [api_env],
}

fn main() {}
