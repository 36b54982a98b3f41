use reactbin_dsl::*;

parameter! {
    name: domain,
    type: host,
    default: "example.com",
}

deployment! {
    name: api,
    image: "api:1.0",
    replicas: param(domain),
}

fn main() {}
