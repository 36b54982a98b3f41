use reactbin_dsl::*;

deployment! {
    //! The API.
    name: api,
    image: "api:1.0",
}

fn main() {}
