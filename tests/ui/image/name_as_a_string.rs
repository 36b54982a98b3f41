use reactbin_dsl::*;

image! { name: "reactbin-api", reference: "api:1.0" }

fn main() {}
