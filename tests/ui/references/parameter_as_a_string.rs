use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:" + param("api_tag"),
}

fn main() {}
