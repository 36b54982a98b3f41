use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
}

deployment! {
    name: api,
    image: "api:2.0",
}

fn main() {}
