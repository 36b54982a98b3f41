use reactbin_dsl::*;

deployment! {
    name: api,
    image: external("api:1.0"),
}

fn main() {}
