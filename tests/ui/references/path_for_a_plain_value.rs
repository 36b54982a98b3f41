use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    working_dir: crate::paths::app,
}

fn main() {}
