use reactbin_dsl::*;

service! {
    name: api,
    selects: "api",
    ports: [8000],
}

fn main() {}
