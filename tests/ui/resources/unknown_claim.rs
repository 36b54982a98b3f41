use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    resources: { claims: [{ name: gpu }] },
}

fn main() {}
