use reactbin_dsl::*;

deployment! {
    name: api,
    file: "api/deployment",
    image: "api:1.0",
}

fn main() {}
