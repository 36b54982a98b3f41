use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    ports: { http: 8000 },
    readiness_probe: { http_get: { path: "/health", port: htpp } },
}

fn main() {}
