use reactbin_dsl::*;

pod! {
    #[deny(no_email_annotation)]
    name: a,
    containers: [{ name: "a", image: "i" }],
}

fn main() {}
