use reactbin_dsl::*;

pod! {
    #[deny(name_not_label)]
    name: "a.b",
    containers: [{ name: "a", image: "i" }],
}

fn main() {}
