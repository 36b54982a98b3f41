use reactbin_dsl::*;

pod! {
    #[deny(no_restart_policy)]
    name: a,
    containers: [{ name: "a", image: "i" }],
}

fn main() {}
