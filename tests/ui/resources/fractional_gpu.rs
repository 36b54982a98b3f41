use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    resources: { limits: { "nvidia.com/gpu": 0.5 } },
}

fn main() {}
