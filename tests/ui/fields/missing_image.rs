use reactbin_dsl::*;

deployment! {
    name: api,
    ports: [8000],
}

fn main() {}
