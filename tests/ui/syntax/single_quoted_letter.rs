use reactbin_dsl::*;

deployment! {
    name: api,
    image: 'a',
}

fn main() {}
