use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    liveness_probe: { period_seconds: 10 },
}

fn main() {}
