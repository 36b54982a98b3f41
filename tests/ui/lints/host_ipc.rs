use reactbin_dsl::*;

pod! {
    #[deny(host_ipc)]
    name: a,
    host_ipc: true,
    containers: [{ name: "a", image: "i" }],
}

fn main() {}
