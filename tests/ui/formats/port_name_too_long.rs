use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    ports: { prometheus_metrics: 9090 },
}

fn main() {}
