use reactbin_dsl::*;

pod! {
    #[deny(tiny_memory_limit)]
    name: a,
    containers: [{ name: "a", image: "i", resources: { limits: { memory: 512 } } }],
}

fn main() {}
