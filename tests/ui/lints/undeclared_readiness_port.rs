use reactbin_dsl::*;

pod! {
    #[deny(undeclared_readiness_port)]
    name: a,
    containers: [
        {
            name: "a",
            image: "i",
            ports: [{ container_port: 8080 }],
            readiness_probe: { tcp_socket: { port: 8081 } },
        },
    ],
}

fn main() {}
