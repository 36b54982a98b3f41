use reactbin_dsl::*;

image! {
    name: api,
    reference: "api:1.0",
    dockerfile: "context/Dockerfile",
}

deployment! {
    #[forbid(image_user_mismatch)]
    name: api,
    image: api,
    #[allow(image_user_mismatch, reason = "it can run as anyone")]
    security_context: { run_as_user: 1000 },
}

fn main() {}
