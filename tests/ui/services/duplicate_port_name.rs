use reactbin_dsl::*;

service! {
    name: api,
    selector: { app: "api" },
    ports: { http: 80, http: 81 },
}

fn main() {}
