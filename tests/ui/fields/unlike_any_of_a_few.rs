use reactbin_dsl::*;

ingress! {
    name: shop,
    tls: [{ hosts: ["shop.example.com"], certificate: "shop" }],
    default_backend: { service: { name: external("api"), port: { number: 80 } } },
}

fn main() {}
