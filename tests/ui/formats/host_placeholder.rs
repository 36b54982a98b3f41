use reactbin_dsl::*;

ingress! {
    name: shop,
    tls: [{ hosts: ["<your-domain>"], secret_name: external("shop-tls") }],
    default_backend: external("api").80,
}

fn main() {}
