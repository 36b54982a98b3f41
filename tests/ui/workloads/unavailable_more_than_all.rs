use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    strategy: { rolling_update: { max_unavailable: 120% } },
}

fn main() {}
