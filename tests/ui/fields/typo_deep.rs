use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    liveness_probe: { http_get: { pth: "/health", port: 8000 } },
}

fn main() {}
