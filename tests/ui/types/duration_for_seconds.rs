use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    min_ready_seconds: 30s,
}

fn main() {}
