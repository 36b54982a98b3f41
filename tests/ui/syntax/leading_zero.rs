use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    volumes: { config: { secret: { secret_name: external("config"), default_mode: 0644 } } },
}

fn main() {}
