use reactbin_dsl::*;

// Denied by default: the kubelet never starts such a container.
deployment! {
    name: web,
    image: "web:1.0",
    pod: { security_context: { run_as_non_root: true } },
    security_context: { run_as_user: 0 },
}

fn main() {}
