use reactbin_dsl::*;

deployment! {
    #[deny(sysctl_set)]
    name: web,
    pod: { security_context: { sysctls: [{ name: "net.core.somaxconn", value: "1024" }] } },
    image: "web:1.0",
}

fn main() {}
