use reactbin_dsl::*;

service! {
    #[deny(exposed_service)]
    name: a,
    type: "NodePort",
    ports: [{ port: 80 }],
}

fn main() {}
