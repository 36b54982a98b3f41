use reactbin_dsl::*;

deployment! {
    name: api,
    image: (),
}

fn main() {}
