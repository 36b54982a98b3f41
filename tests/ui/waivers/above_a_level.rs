use reactbin_dsl::*;

// It covers all that stands in the block, of which one field is enough.
pod! {
    #[deny(host_pid)]
    name: web,
    image: "web:1.0",
    #[allow(host_pid, run_as_root, reason = "looks at the node")]
    spec: { host_pid: true, dns_policy: Default },
}

fn main() {}
