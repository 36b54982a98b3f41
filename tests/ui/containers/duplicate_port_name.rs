use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    ports: [{ name: http, container_port: 8000 }, { name: http, container_port: 8001 }],
}

fn main() {}
