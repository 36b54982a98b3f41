use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    env: { NODE: { value: "a", value_from: { field_ref: { field_path: "spec.nodeName" } } } },
}

fn main() {}
