use reactbin_dsl::*;

pod! {
    #[deny(unset_memory_limit)]
    name: a,
    containers: [{ name: "a", image: "i" }],
}

fn main() {}
