use reactbin_dsl::*;

pod! {
    #[deny(custom_priority_class)]
    name: a,
    priority_class_name: "urgent",
    containers: [{ name: "a", image: "i" }],
}

fn main() {}
