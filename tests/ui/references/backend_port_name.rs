use reactbin_dsl::*;

service! {
    name: api,
    selector: { app: "api" },
    ports: { http: 8000 },
}

ingress! {
    name: shop,
    default_backend: api.https,
}

fn main() {}
