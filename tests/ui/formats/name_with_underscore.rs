use reactbin_dsl::*;

deployment! {
    name: "my_api",
    image: "api:1.0",
}

fn main() {}
