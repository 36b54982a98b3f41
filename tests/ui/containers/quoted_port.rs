use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    ports: ["8080"],
}

fn main() {}
