use reactbin_dsl::*;

pod! {
    #[forbid(run_as_root)]
    name: web,
    image: "web:1.0",
    // The nearest level counts, unless one around it forbids another.
    #[allow(run_as_root, reason = "we like root")]
    security_context: { run_as_user: 0 },
}

fn main() {}
