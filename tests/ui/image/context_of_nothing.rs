use reactbin_dsl::*;

image! {
    name: api,
    reference: "api:1.0",
    context: "context",
}

fn main() {}
