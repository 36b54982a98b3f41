use reactbin_dsl::*;

image! {
    name: api,
    reference: "api:1.0",
    dockerfile: "context/Dockerfile",
}

deployment! {
    name: api,
    containers: { api: { image: api }, worker: { image: api } },
    pod: { security_context: { run_as_user: 1000 } },
}

fn main() {}
