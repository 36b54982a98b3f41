use reactbin_dsl::*;

pod! {
    #[deny(unset_cpu_request)]
    name: a,
    containers: [{ name: "a", image: "i" }],
}

fn main() {}
