use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    liveness_probe: { tcp_socket: { port: 8000 }, success_threshold: 2 },
}

fn main() {}
