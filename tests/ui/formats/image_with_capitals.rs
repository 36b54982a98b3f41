use reactbin_dsl::*;

deployment! {
    name: api,
    image: "Shop/API:1.0",
}

fn main() {}
