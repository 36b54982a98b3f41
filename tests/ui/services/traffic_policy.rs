use reactbin_dsl::*;

service! {
    name: api,
    selector: { app: "api" },
    external_traffic_policy: Local,
    ports: [80],
}

fn main() {}
