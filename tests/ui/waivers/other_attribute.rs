use reactbin_dsl::*;

deployment! {
    name: api,
    #[cfg(debug_assertions)]
    image: "api:1.0",
}

fn main() {}
