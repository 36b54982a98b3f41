use reactbin_dsl::*;

image! {
    name: api,
    reference: "api:1.0",
    dockerfile: "context/Dockerfile",
    target: bilder,
}

fn main() {}
