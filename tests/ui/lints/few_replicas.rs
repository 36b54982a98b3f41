use reactbin_dsl::*;

deployment! {
    #[deny(few_replicas)]
    name: a,
    replicas: 1,
    selector: { match_labels: { app: "a" } },
    template: {
        metadata: { labels: { app: "a" } },
        spec: { containers: [{ name: "a", image: "i" }] },
    },
}

fn main() {}
