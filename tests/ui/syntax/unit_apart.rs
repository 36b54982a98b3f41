use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    resources: { limits: { memory: 10 Gi, cpu: 500 m } },
}

fn main() {}
