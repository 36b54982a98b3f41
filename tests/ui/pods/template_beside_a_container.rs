use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    template: { metadata: { labels: { app: api } } },
}

fn main() {}
