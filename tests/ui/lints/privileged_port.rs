use reactbin_dsl::*;

pod! {
    #[deny(privileged_port)]
    name: a,
    containers: [{ name: "a", image: "i", ports: [{ container_port: 80 }] }],
}

fn main() {}
