use reactbin_dsl::*;

service! {
    name: api,
    selector: { app: "api" },
    cluster_ip: "10.0.0.1",
    cluster_ips: ["10.0.0.2"],
    ports: [80],
}

fn main() {}
