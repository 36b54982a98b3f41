use reactbin_dsl::*;

pod! {
    #[deny(no_liveness_probe)]
    name: a,
    containers: [{ name: "a", image: "i" }],
}

fn main() {}
