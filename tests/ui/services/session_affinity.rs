use reactbin_dsl::*;

service! {
    name: api,
    selector: { app: "api" },
    session_affinity: ClientIP,
    session_affinity_config: { client_ip: { timeout_seconds: 100000 } },
    ports: [80],
}

fn main() {}
