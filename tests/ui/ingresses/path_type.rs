use reactbin_dsl::*;

ingress! {
    name: shop,
    rules: [{ http: { paths: [{ path: "/", backend: external("api").80 }] } }],
}

fn main() {}
