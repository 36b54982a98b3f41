use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    ports: { http: 8000 },
    liveness_probe: { htp_get: { path: "/", port: http } },
}

fn main() {}
