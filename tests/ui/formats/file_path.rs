use reactbin_dsl::*;

deployment! {
    name: api,
    file: "../api.yml",
    image: "api:1.0",
}

fn main() {}
