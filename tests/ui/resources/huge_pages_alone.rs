use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    resources: { limits: { "hugepages-2Mi": 64Mi } },
}

fn main() {}
