use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    security_context: { run_as_user: -1 },
}

fn main() {}
