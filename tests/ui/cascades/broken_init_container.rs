use reactbin_dsl::*;

init_container! {
    name: migrate,
    image: "api:1.0",
    comand: ["migrate"],
}

deployment! {
    name: api,
    init: migrate,
    image: "api:1.0",
}

fn main() {}
