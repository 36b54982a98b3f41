use reactbin_dsl::*;

parameter! {
    name: domain,
    default: "example.com",
}

fn main() {}
