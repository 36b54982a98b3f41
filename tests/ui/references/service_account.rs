use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    service_account_name: "api",
}

fn main() {}
