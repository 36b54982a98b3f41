use reactbin_dsl::*;

pod! {
    #[deny(no_node_affinity)]
    name: a,
    containers: [{ name: "a", image: "i" }],
}

fn main() {}
