use reactbin_dsl::*;

parameter! {
    name: domain,
    type: host,
    default: "<your-domain>",
}

fn main() {}
