use reactbin_dsl::*;

parameter! {
    name: domain,
    type: host,
    default: "a.example.com",
    default: "b.example.com",
}

fn main() {}
