use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    volumes: { data: { csi: { driver: "csi_example", node_publish_secret_ref: {} } } },
}

fn main() {}
