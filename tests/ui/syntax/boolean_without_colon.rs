use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    paused true,
}

fn main() {}
