use reactbin_dsl::*;

deployment! {
    name: api,
    image: (IMAGE),
}

fn main() {}
