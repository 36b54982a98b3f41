use reactbin_dsl::*;

image! {
    name: api,
    reference: "api:1.0",
    dockerfile: "context/Dockerfile",
}

deployment! {
    name: api,
    image: api,
    ports: { http: 8000, metrics: 8001, statsd: { container_port: 8125 } },
}

fn main() {}
