use reactbin_dsl::*;

service! {
    name: api,
    selector: { app: "api" },
    ports: { http: 80, web: 80 },
}

fn main() {}
