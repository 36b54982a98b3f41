use reactbin_dsl::*;

deployment! {
    name: api,
    image: shop/api:1.0,
}

fn main() {}
