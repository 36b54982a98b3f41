use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    pod: { annotations: { "kubernetes.io/egress-bandwidth": "fast" } },
}

fn main() {}
