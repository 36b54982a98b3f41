use reactbin_dsl::*;

parameter! {
    type: host,
    default: "example.com",
}

fn main() {}
