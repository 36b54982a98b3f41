use reactbin_dsl::*;

stateful_set! {
    name: db,
    service_name: external("db"),
    image: "postgres:17",
    volume_claims: { data: { size: 0, mount: "data" } },
}

fn main() {}
