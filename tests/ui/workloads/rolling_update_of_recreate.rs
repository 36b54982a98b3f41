use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    strategy: { type: Recreate, rolling_update: { max_surge: 1 } },
}

fn main() {}
