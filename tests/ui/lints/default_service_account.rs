use reactbin_dsl::*;

pod! {
    #[deny(default_service_account)]
    name: a,
    containers: [{ name: "a", image: "i" }],
}

fn main() {}
