use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    ports: [name: http, port: 80],
    volumes: [conf: { empty_dir: {} }],
    env: [KEY: "v"],
    volume_mounts: { "/conf": conf },
}

fn main() {}
