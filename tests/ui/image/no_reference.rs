use reactbin_dsl::*;

image! { name: api, dockerfile: "context/Dockerfile" }

fn main() {}
