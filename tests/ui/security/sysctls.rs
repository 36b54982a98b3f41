use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    pod: {
        host_network: true,
        security_context: {
            sysctls: [
                { name: "net.core.somaxconn", value: "1024" },
                { name: "net.core.somaxconn", value: "2048" },
            ],
        },
    },
}

fn main() {}
