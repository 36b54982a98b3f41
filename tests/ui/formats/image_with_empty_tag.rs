use reactbin_dsl::*;

deployment! {
    name: api,
    image: "shop/api:",
}

fn main() {}
