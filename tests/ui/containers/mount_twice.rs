use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    volume_mounts: { "/data": data, "/data": data },
    volumes: { data: { empty_dir: {} } },
}

fn main() {}
