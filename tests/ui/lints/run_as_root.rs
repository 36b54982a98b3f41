use reactbin_dsl::*;

pod! {
    #[deny(run_as_root)]
    name: a,
    containers: [{ name: "a", image: "i", security_context: { run_as_user: 0 } }],
}

fn main() {}
