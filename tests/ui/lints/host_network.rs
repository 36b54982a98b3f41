use reactbin_dsl::*;

pod! {
    #[deny(host_network)]
    name: a,
    host_network: true,
    containers: [{ name: "a", image: "i" }],
}

fn main() {}
