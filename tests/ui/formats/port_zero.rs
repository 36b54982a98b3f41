use reactbin_dsl::*;

service! {
    name: api,
    selector: { app: "api" },
    ports: { http: 0 },
}

fn main() {}
