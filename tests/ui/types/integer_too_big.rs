use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    replicas: 4294967296,
}

fn main() {}
