use reactbin_dsl::*;

pod! {
    #[deny(sensitive_host_mount)]
    name: a,
    volumes: [{ name: "v", host_path: { path: "/etc" } }],
    containers: [{ name: "a", image: "i", volume_mounts: [{ name: "v", mount_path: "/host" }] }],
}

fn main() {}
