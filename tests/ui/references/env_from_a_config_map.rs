use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    env_from: [config_map(settings)],
}

fn main() {}
