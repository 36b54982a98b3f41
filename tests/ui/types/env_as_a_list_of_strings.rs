use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    env: ["DEBUG=1"],
}

fn main() {}
