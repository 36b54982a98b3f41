use reactbin_dsl::*;

deployment! {
    name: api,
    #[allow(run_as_root, reason = "writes to a host path")]
    image: "api:1.0",
    security_context: { run_as_user: 0 },
}

fn main() {}
