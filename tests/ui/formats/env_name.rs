use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    env: { "DATABASE=URL": "x" },
}

fn main() {}
