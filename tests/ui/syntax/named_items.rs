use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    ports: [{ http: 8000 }],
    env: [{ KEY: "v" }],
    volumes: { data: { empty_dir: {} } },
    volume_mounts: [{ "/data": data }],
}

fn main() {}
