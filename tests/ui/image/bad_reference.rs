use reactbin_dsl::*;

image! { name: api, reference: "API:1.0" }

fn main() {}
