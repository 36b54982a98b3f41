use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    resources: { cpu: "100m" },
}

fn main() {}
