use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    ports: [8000],
}

service! {
    name: api,
    selects: api,
    ports: "8000",
}

ingress! {
    name: shop,
    default_backend: api.8000,
}

fn main() {}
