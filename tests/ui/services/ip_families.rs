use reactbin_dsl::*;

service! {
    name: api,
    selector: { app: "api" },
    ip_family_policy: SingleStack,
    ip_families: [IPv4, IPv6],
    ports: [80],
}

fn main() {}
