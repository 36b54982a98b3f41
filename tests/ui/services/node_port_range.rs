use reactbin_dsl::*;

service! {
    name: api,
    selector: { app: "api" },
    type: NodePort,
    ports: [{ port: 80, node_port: 8080 }],
}

fn main() {}
