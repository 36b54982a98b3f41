use reactbin_dsl::*;

service! {
    name: api,
    selector: { app: "api" },
    ports: [{ name: http, target_port: 8000 }],
}

fn main() {}
