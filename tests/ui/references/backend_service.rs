use reactbin_dsl::*;

service! {
    name: api,
    selector: { app: "api" },
    ports: [8000],
}

ingress! {
    name: shop,
    default_backend: apis.8000,
}

fn main() {}
