use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    volume_mounts: { "/data": data },
    volumes: { date: { empty_dir: {} } },
}

fn main() {}
