use reactbin_dsl::*;

deployment! {
    #[deny(no_anti_affinity)]
    name: a,
    replicas: 2,
    selector: { match_labels: { app: "a" } },
    template: {
        metadata: { labels: { app: "a" } },
        spec: { containers: [{ name: "a", image: "i" }] },
    },
}

fn main() {}
