use reactbin_dsl::*;

const REPLICAS: &str = "2";

deployment! {
    name: api,
    image: "api:1.0",
    replicas: (REPLICAS),
}

fn main() {}
