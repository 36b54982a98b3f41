use reactbin_dsl::*;

pod! {
    #[deny(no_owner_label)]
    name: a,
    containers: [{ name: "a", image: "i" }],
}

fn main() {}
