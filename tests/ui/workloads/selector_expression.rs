use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    selector: {
        match_labels: { app: "api" },
        match_expressions: [
            { key: "tier", operator: In },
            { key: "app", operator: Exists, values: ["api"] },
        ],
    },
    pod: { labels: { app: "api" } },
}

fn main() {}
