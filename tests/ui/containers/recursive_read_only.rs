use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    volume_mounts: [{ name: data, mount_path: "/data", recursive_read_only: Enabled }],
    volumes: { data: { empty_dir: {} } },
}

fn main() {}
