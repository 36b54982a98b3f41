use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    replicas: "2",
}

service! {
    name: api,
    selects: api,
    type: Loadbalancer,
    ports: [8000],
}

ingress! {
    name: shop,
    rules: [{ http: { paths: [{ path: "/", path_type: prefix, backend: api.8000 }] } }],
}

fn main() {}
