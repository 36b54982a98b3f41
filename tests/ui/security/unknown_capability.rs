use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    security_context: { capabilities: { add: ["CAP_NET_ADMIN"], drop: ["all"] } },
}

fn main() {}
