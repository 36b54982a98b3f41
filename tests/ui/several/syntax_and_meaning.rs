use reactbin_dsl::*;

deployment! {
    name: api,
    image = "api:1.0",
    replicas: "2"
    labels: { my-label: "x", owner: "the web team" },
}

fn main() {}
