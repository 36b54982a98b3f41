use reactbin_dsl::*;

ingress! {
    name: shop,
    rules: [{
        http: {
            paths: [
                { path: "api", path_type: Prefix, backend: external("api").80 },
                { path: "/a//b", path_type: Exact, backend: external("api").80 },
            ],
        },
    }],
}

fn main() {}
