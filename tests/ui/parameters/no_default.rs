use reactbin_dsl::*;

parameter! {
    name: domain,
    type: host,
}

fn main() {}
