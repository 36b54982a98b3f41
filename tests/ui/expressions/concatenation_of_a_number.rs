use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:" + 2,
}

fn main() {}
