use reactbin_dsl::*;

pod! {
    #[deny(port_name_of_two_containers)]
    name: a,
    containers: [
        { name: "a", image: "i", ports: [{ name: "web", container_port: 80 }] },
        { name: "b", image: "i", ports: [{ name: "web", container_port: 81 }] },
    ],
}

fn main() {}
