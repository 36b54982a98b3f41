use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    strategy: { rolling_update: { max_surge: 0, max_unavailable: 0 } },
}

fn main() {}
