use reactbin_dsl::*;

service! {
    name: api,
    selector: { app: "api" },
    ports: [80, 443],
}

fn main() {}
