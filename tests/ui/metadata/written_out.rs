use reactbin_dsl::*;

deployment! {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: api, labels: { team: shop } },
    image: "api:1.0",
}

fn main() {}
