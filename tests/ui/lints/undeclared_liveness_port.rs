use reactbin_dsl::*;

pod! {
    #[deny(undeclared_liveness_port)]
    name: a,
    containers: [
        {
            name: "a",
            image: "i",
            ports: [{ container_port: 8080 }],
            liveness_probe: { tcp_socket: { port: 8081 } },
        },
    ],
}

fn main() {}
