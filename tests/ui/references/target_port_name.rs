use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    ports: { http: 8000, metrics: 9090 },
}

service! {
    name: api,
    selects: api,
    ports: [{ name: web, port: 80, target_port: web }],
}

fn main() {}
