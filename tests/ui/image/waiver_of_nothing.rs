use reactbin_dsl::*;

image! {
    name: api,
    reference: "api:1.0",
    dockerfile: "context/Dockerfile",
}

deployment! {
    name: api,
    image: api,
    #[allow(image_user_mismatch, reason = "it can run as anyone")]
    security_context: { run_as_user: 1001 },
    #[allow(unexposed_port, reason = "an agent adds it")]
    ports: [8000, 9090],
}

// It waives something in one of the fields below it.
deployment! {
    name: both,
    #[allow(image_user_mismatch, reason = "it can run as anyone")]
    pod: {
        security_context: { run_as_user: 5 },
        containers: {
            own: { image: api, security_context: { run_as_user: 1001 } },
            pods: { image: api },
        },
    },
}

fn main() {}
