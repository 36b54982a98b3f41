use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    replicas: if true { 2 } else { 3 },
}

fn main() {}
