use reactbin_dsl::*;

pod! {
    #[deny(host_pid)]
    name: a,
    host_pid: true,
    containers: [{ name: "a", image: "i" }],
}

fn main() {}
