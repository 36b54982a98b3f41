use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    liveness_probe: { http_get: { path: "/health", port: 8000, period_seconds: 10 } },
}

fn main() {}
