use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    resources: { requests: { memory: 2Gi }, limits: { memory: 1Gi } },
}

fn main() {}
