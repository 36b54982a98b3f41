use reactbin_dsl::*;

stateful_set! {
    name: db,
    service_name: external("db"),
    image: "postgres:17",
    volume_claims: { data: { mount: "/data" } },
}

fn main() {}
