use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    volumes: [{ name: data, empty_dir: {} }, { name: data, empty_dir: {} }],
}

fn main() {}
