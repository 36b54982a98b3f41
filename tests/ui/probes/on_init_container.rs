use reactbin_dsl::*;

init_container! {
    name: migrate,
    image: "api:1.0",
    liveness_probe: { tcp_socket: { port: 8000 } },
}

fn main() {}
