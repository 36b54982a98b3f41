use reactbin_dsl::*;

deployment! {
    name: Api,
    image: "api:1.0",
}

fn main() {}
