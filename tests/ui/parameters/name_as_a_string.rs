use reactbin_dsl::*;

parameter! {
    name: "my-domain",
    type: host,
    default: "example.com",
}

fn main() {}
