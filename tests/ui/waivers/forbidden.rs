use reactbin_dsl::*;

deployment! {
    #[forbid(run_as_root)]
    name: api,
    image: "api:1.0",
    #[allow(run_as_root, reason = "writes to a host path")]
    security_context: { run_as_user: 0 },
}

fn main() {}
