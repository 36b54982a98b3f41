use reactbin_dsl::*;

pod! {
    #[deny(deprecated_service_account)]
    name: a,
    service_account: "shop",
    containers: [{ name: "a", image: "i" }],
}

fn main() {}
