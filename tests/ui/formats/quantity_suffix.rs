use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    resources: { limits: { memory: 512MB } },
}

fn main() {}
