use reactbin_dsl::*;

container! {
    name: proxy,
    image: "proxy:1.0",
}

deployment! {
    name: api,
    init: proxy,
    image: "api:1.0",
}

fn main() {}
