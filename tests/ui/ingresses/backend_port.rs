use reactbin_dsl::*;

ingress! {
    name: shop,
    default_backend: { service: { name: external("api"), port: { number: 80, name: http } } },
}

fn main() {}
