use reactbin_dsl::*;

init_container! {
    name: migrate,
    image: "api:1.0",
}

deployment! {
    name: api,
    init: migrates,
    image: "api:1.0",
}

fn main() {}
