use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    liveness_probe: { path: "/health", port: 8000 },
}

fn main() {}
