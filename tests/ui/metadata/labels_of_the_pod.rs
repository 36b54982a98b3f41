use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    pod_labels: { tier: web },
}

deployment! {
    name: worker,
    image: "worker:1.0",
    pod: { metadata: { labels: { tier: back } } },
}

fn main() {}
