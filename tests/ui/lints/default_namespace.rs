use reactbin_dsl::*;

pod! {
    #[deny(default_namespace)]
    name: a,
    namespace: external("default"),
    containers: [{ name: "a", image: "i" }],
}

fn main() {}
