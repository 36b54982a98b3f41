use reactbin_dsl::*;

pod! {
    #[deny(no_readiness_probe)]
    name: a,
    containers: [{ name: "a", image: "i" }],
}

fn main() {}
