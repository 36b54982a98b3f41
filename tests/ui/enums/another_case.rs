use reactbin_dsl::*;

service! {
    name: api,
    selector: { app: "api" },
    type: clusterIP,
    ports: [80],
}

fn main() {}
