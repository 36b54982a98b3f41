use reactbin_dsl::*;

pod! {
    #[deny(root_despite_non_root)]
    name: web,
    spec: { security_context: { run_as_non_root: true } },
    image: "web:1.0",
    security_context: { run_as_user: 0 },
}

fn main() {}
