use reactbin_dsl::*;

stateful_set! {
    name: db,
    service_name: external("db"),
    image: "postgres:17",
    volume_claims: { Data: { size: 10Gi, mount: "/data" } },
}

fn main() {}
