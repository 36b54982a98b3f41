use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    ports: [80800],
}

fn main() {}
