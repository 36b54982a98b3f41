use reactbin_dsl::*;

deployment! {
    #[deny(docker_socket_mount)]
    #[deny(writable_host_mount)]
    name: builder,
    image: "builder:1.0",
    volumes: { docker: { host_path: { path: "/var/run/docker.sock" } } },
    volume_mounts: { "/var/run/docker.sock": docker },
}

fn main() {}
