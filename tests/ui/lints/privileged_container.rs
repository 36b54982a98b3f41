use reactbin_dsl::*;

pod! {
    #[deny(privileged_container)]
    name: a,
    containers: [{ name: "a", image: "i", security_context: { privileged: true } }],
}

fn main() {}
