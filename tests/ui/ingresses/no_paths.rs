use reactbin_dsl::*;

ingress! {
    name: shop,
    rules: [{ host: "shop.example.com", http: { paths: [] } }],
}

fn main() {}
