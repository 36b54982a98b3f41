use reactbin_dsl::*;

deployment! {
    name: api,
    init: "migrate",
    image: "api:1.0",
}

fn main() {}
