use reactbin_dsl::*;

parameter! {
    name: domain,
    type: host,
    default: "example.com",
    placeholder: "<your-domain>",
}

fn main() {}
