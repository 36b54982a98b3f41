use reactbin_dsl::*;

stateful_set! {
    name: db,
    image: "db:1.0",
    service_name: external("db"),
    volume_claims: { data: { sze: 1Gi, mount: "/data" }, logs: { hello: 1, mount: "/logs" } },
}

fn main() {}
