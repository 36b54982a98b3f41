use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    #[allow(runs_as_root, reason = "writes to a host path")]
    security_context: { run_as_user: 1000 },
}

fn main() {}
