use reactbin_dsl::*;

service! {
    #[deny(older_service_name)]
    name: "1-api",
    ports: [{ port: 80 }],
}

fn main() {}
