use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    env: { CPUS: { value_from: { resource_field_ref: { resource: "limit.cpu" } } } },
}

fn main() {}
