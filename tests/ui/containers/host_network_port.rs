use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    ports: [{ container_port: 8000, host_port: 80 }],
    pod: { host_network: true },
}

fn main() {}
