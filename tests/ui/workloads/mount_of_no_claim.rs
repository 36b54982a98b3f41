use reactbin_dsl::*;

stateful_set! {
    name: db,
    service_name: external("db"),
    image: "postgres:17",
    volume_mounts: { "/data": dta },
    volume_claims: { data: { size: 10Gi } },
}

fn main() {}
