use reactbin_dsl::*;

fn name() -> String {
    "api".to_owned()
}

deployment! {
    name: (name()),
    image: "api:1.0",
}

fn main() {}
