use reactbin_dsl::*;

pod! {
    #[deny(resources)]
    name: web,
    #[allow(security, reason = "it is what it is")]
    image: "web:1.0",
}

fn main() {}
