use reactbin_dsl::*;

pod! {
    #[deny(docker_socket_mount)]
    name: a,
    volumes: [{ name: "v", host_path: { path: "/var/run/docker.sock" } }],
    containers: [
        {
            name: "a",
            image: "i",
            volume_mounts: [{ name: "v", mount_path: "/var/run/docker.sock" }],
        },
    ],
}

fn main() {}
