use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    selector: {},
    pod: { labels: { app: "api" } },
}

fn main() {}
