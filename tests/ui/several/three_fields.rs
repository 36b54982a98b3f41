use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    replcas: 2,
    livenessProbe: { tcp_socket: { port: 8000 } },
    security_context: { run_as_user: "1000" },
}

fn main() {}
