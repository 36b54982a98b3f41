use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    readiness_probe: {
        http_get: { path: "/ready", port: 8000 },
        period_seconds: 5,
        period_seconds: 10,
    },
}

fn main() {}
