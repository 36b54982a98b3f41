use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    image_pull_policy: Sometimes,
}

fn main() {}
