use reactbin_dsl::*;

deployment! {
    name: api,
    init: migrate,
    image: "api:1.0",
    env_from: [api_env],
    env: { TOKEN: api_token.TOKEN },
}

fn main() {}
