use reactbin_dsl::*;

deployment! {
    name: api,
    pod: { spec: { containers: { api: { image: "api:1.0" } } } },
}

fn main() {}
