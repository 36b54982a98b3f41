use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    dns_policy: None,
}

fn main() {}
