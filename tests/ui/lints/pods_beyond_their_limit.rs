use reactbin_dsl::*;

deployment! {
    #[deny(pods_beyond_their_limit)]
    name: api,
    selector: { match_labels: { app: "api" } },
    template: {
        metadata: { labels: { app: "api" } },
        spec: {
            resources: { limits: { memory: "64Mi" } },
            containers: [
                { name: "api", image: "i", resources: { requests: { memory: "48Mi" } } },
                { name: "proxy", image: "i", resources: { requests: { memory: "32Mi" } } },
            ],
        },
    },
}

fn main() {}
