use reactbin_dsl::*;

deployment! {
    name: api,
    image: api.latest,
}

fn main() {}
