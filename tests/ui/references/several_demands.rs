use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    ports: { http: 8000 },
}

service! {
    name: api,
    selects: api,
    ports: [
        { name: http, port: 80, target_port: 8080 },
        { name: metrics, port: 9090, target_port: metrics },
    ],
}

ingress! {
    name: shop,
    default_backend: api.8000,
}

fn main() {}
