use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    resources: { requests: { memory: 2Gi }, limits: { memory: 4Gi } },
    pod: { resources: { requests: { memory: 1Gi }, limits: { memory: 2Gi, "nvidia.com/gpu": 1 } } },
}

fn main() {}
