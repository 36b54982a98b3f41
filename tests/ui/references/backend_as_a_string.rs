use reactbin_dsl::*;

ingress! {
    name: shop,
    rules: [{ http: { paths: [{ path: "/", path_type: Prefix, backend: "api" }] } }],
}

fn main() {}
