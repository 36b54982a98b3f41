use reactbin_dsl::*;

pod! {
    name: web,
    #[deny(run_as_root)]
    #[warn(unknown_verb)]
    security_context: { run_as_user: 0 },
    image: "web:1.0",
}

fn main() {}
