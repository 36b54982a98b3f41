use reactbin_dsl::*;

service! {
    name: api,
    selector: { app: "api" },
    ports: [{ port: 80, node_port: 30080 }],
}

fn main() {}
