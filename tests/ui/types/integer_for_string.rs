use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    env: { WORKERS: 4 },
}

fn main() {}
