use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
}

service! {
    name: api,
    selects: api,
    ports: [80],
}

fn main() {}
