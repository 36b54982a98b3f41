use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    labels: { owner: "the web team" },
}

fn main() {}
