use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    metadata.labels: { team: shop },
    resources.limits.memory: 1Gi,
}

fn main() {}
