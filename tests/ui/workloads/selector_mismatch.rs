use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    selector: { match_labels: { app: "api" } },
    pod: { labels: { app: "web" } },
}

fn main() {}
