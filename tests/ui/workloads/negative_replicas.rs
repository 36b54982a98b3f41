use reactbin_dsl::*;

stateful_set! {
    name: db,
    service_name: external("db"),
    image: "postgres:17",
    replicas: -1,
}

fn main() {}
