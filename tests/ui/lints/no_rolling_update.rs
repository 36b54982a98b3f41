use reactbin_dsl::*;

deployment! {
    #[deny(no_rolling_update)]
    name: a,
    strategy: { type: "Recreate" },
    selector: { match_labels: { app: "a" } },
    template: {
        metadata: { labels: { app: "a" } },
        spec: { containers: [{ name: "a", image: "i" }] },
    },
}

fn main() {}
