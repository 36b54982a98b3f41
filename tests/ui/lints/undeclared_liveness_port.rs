use reactbin_dsl::*;

deployment! {
    #[deny(undeclared_liveness_port)]
    name: web,
    image: "web:1.0",
    ports: { http: 8080, metrics: 9090 },
    liveness_probe: { http_get: { path: "/", port: 8081 } },
}

fn main() {}
