use reactbin_dsl::*;

service! {
    name: api,
    ports: [80],
    image: "api:1.0",
}

fn main() {}
