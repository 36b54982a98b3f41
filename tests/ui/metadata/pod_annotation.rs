use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    pod: { annotations: { "seccomp.security.alpha.kubernetes.io/pod": "default" } },
}

fn main() {}
