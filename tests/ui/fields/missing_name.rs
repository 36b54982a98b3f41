use reactbin_dsl::*;

deployment! {
    image: "api:1.0",
}

fn main() {}
