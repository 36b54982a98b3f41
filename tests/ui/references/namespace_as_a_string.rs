use reactbin_dsl::*;

deployment! {
    name: api,
    namespace: "shop",
    image: "api:1.0",
}

fn main() {}
