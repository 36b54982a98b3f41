use reactbin_dsl::*;

ingress! {
    name: shop,
    rules: [{
        host: "https://shop.example.com",
        http: { paths: [{ path: "/", path_type: Prefix, backend: external("api").80 }] },
    }],
}

fn main() {}
