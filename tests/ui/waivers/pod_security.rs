use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    #[allow(pss/baseline/hostPorts, reason = "the node's own")]
    ports: [{ container_port: 8000, host_port: 80 }],
}

deployment! {
    #[allow(pod_security, reason = "the node's own")]
    name: web,
    image: "web:1.0",
}

fn main() {}
