use reactbin_dsl::*;

pod! {
    name: web,
    image: "web:1.0",
    security_context: { capabilities: { drop: [NET_RAWW] } },
}

fn main() {}
