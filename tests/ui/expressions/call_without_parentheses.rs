use reactbin_dsl::*;

deployment! {
    name: api,
    image: format("api"),
}

fn main() {}
