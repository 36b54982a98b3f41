use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    selector: { match_labels: { tier: "web" } },
}

fn main() {}
