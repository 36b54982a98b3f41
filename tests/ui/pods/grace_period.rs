use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    termination_grace_period_seconds: -1,
}

fn main() {}
