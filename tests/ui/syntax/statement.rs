use reactbin_dsl::*;

deployment! {
    name: api,
    let n = 2;
    image: "api:1.0",
}

fn main() {}
