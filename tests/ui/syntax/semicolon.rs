use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    replicas: 2;
    labels: { tier: web },
}

fn main() {}
