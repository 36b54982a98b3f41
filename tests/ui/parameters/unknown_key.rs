use reactbin_dsl::*;

parameter! {
    name: domain,
    type: host,
    defalt: "example.com",
}

fn main() {}
