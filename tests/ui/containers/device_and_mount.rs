use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    volume_mounts: { "/data": data },
    volume_devices: [{ name: data, device_path: "/data" }],
    volumes: { data: { empty_dir: {} } },
}

fn main() {}
