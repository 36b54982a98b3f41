use reactbin_dsl::*;

deployment! {
    name: api,
    replcas: 2,
    image: "api:1.0",
    ports: [8000],
    resources: {
        requests: { memory: 2Gi },
        limits: { memory: 1Gi },
    },
}

fn main() {}
