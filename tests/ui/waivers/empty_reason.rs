use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    #[allow(run_as_root, reason = "")]
    security_context: { run_as_user: 0 },
}

fn main() {}
