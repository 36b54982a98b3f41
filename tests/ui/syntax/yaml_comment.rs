use reactbin_dsl::*;

deployment! {
    name: api,
    # the image
    image: "api:1.0",
}

fn main() {}
