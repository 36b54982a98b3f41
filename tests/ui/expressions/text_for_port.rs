use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    liveness_probe: { tcp_socket: { port: (1.5) } },
}

fn main() {}
