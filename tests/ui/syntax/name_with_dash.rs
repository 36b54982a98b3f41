use reactbin_dsl::*;

deployment! {
    name: my-api,
    image: "api:1.0",
}

fn main() {}
