use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    resources: { limits: { mem: 1Gi } },
}

fn main() {}
