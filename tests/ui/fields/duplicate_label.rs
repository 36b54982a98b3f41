use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    labels: { tier: "web", tier: "api" },
}

fn main() {}
