use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    security_context: { runAsNonRoot: true },
}

fn main() {}
