use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    resources: { requests: { "nvidia.com/gpu": 1 } },
}

fn main() {}
