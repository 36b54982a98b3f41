use reactbin_dsl::*;

deployment! {
    name: api,
    imge: "api:0.9",
    image: "api:1.0",
    liveness_probe: { tcp_scket: { port: 1 }, tcp_socket: { port: 8000 } },
}

fn main() {}
