use reactbin_dsl::*;

pod! {
    #[deny(writable_host_mount)]
    name: a,
    volumes: [{ name: "v", host_path: { path: "/srv/shop" } }],
    containers: [{ name: "a", image: "i", volume_mounts: [{ name: "v", mount_path: "/v" }] }],
}

fn main() {}
