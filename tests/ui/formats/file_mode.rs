use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    volumes: { config: { secret: { secret_name: external("config"), default_mode: 644 } } },
}

fn main() {}
