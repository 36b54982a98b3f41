use reactbin_dsl::*;

const NAME: &str = "DATABASE_URL";

deployment! {
    name: api,
    image: "api:1.0",
    requires_env: (NAME),
}

fn main() {}
