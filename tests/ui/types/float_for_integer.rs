use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    replicas: 1.5,
}

fn main() {}
