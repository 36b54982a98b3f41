use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    liveness_probe: { tcp_socket: { port: 8000 }, initial_delay_seconds: -5 },
}

fn main() {}
