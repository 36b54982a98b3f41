use reactbin_dsl::*;

pod! {
    #[deny(may_run_as_root)]
    name: a,
    containers: [{ name: "a", image: "i" }],
}

fn main() {}
