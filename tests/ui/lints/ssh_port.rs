use reactbin_dsl::*;

pod! {
    #[deny(ssh_port)]
    name: a,
    containers: [{ name: "a", image: "i", ports: [{ container_port: 22 }] }],
}

fn main() {}
