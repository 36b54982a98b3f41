use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    annotations: { "prometheus.io/scrape port": "8000" },
}

fn main() {}
