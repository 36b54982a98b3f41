use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    volume_mounts: [{ name: data, mount_path: "/data", mount_propagation: Bidirectional }],
    volumes: { data: { empty_dir: {} } },
}

fn main() {}
