use reactbin_dsl::*;

stateful_set! {
    #[deny(stateful_set_without_service)]
    name: a,
    selector: { match_labels: { app: "a" } },
    template: {
        metadata: { labels: { app: "a" } },
        spec: { containers: [{ name: "a", image: "i" }] },
    },
}

fn main() {}
