use reactbin_dsl::*;

stateful_set! {
    name: db,
    service_name: db,
    image: "postgres:17",
}

fn main() {}
