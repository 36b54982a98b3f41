use reactbin_dsl::*;

image! {
    name: api,
    reference: "api:1.0",
    dockerfile: "context/Dockerfile",
}

deployment! {
    name: api,
    image: api,
    #[allow(image_user_mismach, reason = "it can run as anyone")]
    security_context: { run_as_user: 1000 },
    #[allow(unexposed_ports, reason = "an agent adds it")]
    ports: [8000, 9090],
}

fn main() {}
