use reactbin_dsl::*;

fn replicas() -> i64 {
    3
}

deployment! {
    name: api,
    image: "api:1.0",
    replicas: (replicas()),
}

fn main() {}
