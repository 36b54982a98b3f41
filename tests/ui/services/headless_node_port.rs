use reactbin_dsl::*;

service! {
    name: api,
    selector: { app: "api" },
    type: NodePort,
    cluster_ip: None,
    ports: [80],
}

fn main() {}
