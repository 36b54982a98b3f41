use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    ports: [8000],
}

service! {
    name: api,
    selects: api,
    ports: [{ name: http, port: 80, target_port: 8080 }],
}

fn main() {}
