use reactbin_dsl::*;

service! {
    name: api,
    target_port: 8000,
    ports: [80],
}

fn main() {}
