use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    readiness_probe: { tcp_socket: { port: 8000 }, termination_grace_period_seconds: 10 },
}

fn main() {}
