use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    args: (vec![1, 2]),
}

fn main() {}
