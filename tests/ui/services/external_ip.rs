use reactbin_dsl::*;

service! {
    name: api,
    selector: { app: "api" },
    external_ips: ["127.0.0.1", "example.com"],
    ports: [80],
}

fn main() {}
